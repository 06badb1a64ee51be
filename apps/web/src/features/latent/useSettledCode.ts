'use client'
import { type RefObject, useEffect, useState } from 'react'
import type { ExplorerStore } from './explorerStore'

/** Milliseconds that a code has to stay before what takes longer is computed of it. */
const REST = 120

/** Reads the code whenever it has come to rest, but for what `own` holds: a code that was set by who asks. */
export function useSettledCode(
  store: ExplorerStore,
  own: RefObject<Float32Array | null>,
): readonly [Float32Array, (code: Float32Array) => void] {
  const [settled, setSettled] = useState<Float32Array>(() => store.code.values.slice())
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const look = () => {
      const now = store.code.values
      if (own.current && isSame(now, own.current)) return
      setSettled((before) => (isSame(now, before) ? before : now.slice()))
    }
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(look, REST)
    }
    const end = store.code.subscribe(later)
    look()
    return () => {
      end()
      clearTimeout(timer)
    }
  }, [store, own])
  return [settled, setSettled]
}

function isSame(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at])
}
