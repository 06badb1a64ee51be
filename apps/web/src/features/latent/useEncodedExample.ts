'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import type { ExplorerStore } from './explorerStore'
import { type NewestTask, oneAtATime } from './oneAtATime'
import { requireFinite } from './parseCode'

export interface EncodedExample {
  /** Sets the code to that of an example; the newest alone where they come faster than they are encoded. */
  readonly encode: (example: Float32Array) => void
  /** Why the latest could not be encoded. */
  readonly error: Error | null
}

/** Moves a code to where the encoder puts examples. */
export function useEncodedExample(model: BrowserModel | null, store: ExplorerStore): EncodedExample {
  const [error, setError] = useState<Error | null>(null)
  const newest = useRef(new Float32Array())
  const task = useRef<NewestTask>(null)
  useEffect(() => {
    if (model === null) return
    const encode = async () => {
      const code = await model.ahead.encode(newest.current, 1)
      requireFinite(code)
      return code
    }
    const encoding = oneAtATime(encode, {
      done(code) {
        store.go(code)
        setError(null)
      },
      failed: setError,
    })
    task.current = encoding
    return () => encoding.cancel()
  }, [model, store])
  const encode = useCallback((example: Float32Array) => {
    newest.current = example.slice()
    task.current?.request(null)
  }, [])
  return { encode, error }
}
