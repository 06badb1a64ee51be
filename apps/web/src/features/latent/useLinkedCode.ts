'use client'
import type { DimensionSpread } from '@hourglass/autoencoders/latent'
import { useCallback, useEffect, useEffectEvent, useRef, useState } from 'react'
import { readCode, writeCode } from './codeLink'
import { type CodeStore, createCodeStore } from './codeStore'

/** Links follow a moving code at a distance. */
const LINK_DELAY_MILLISECONDS = 300

interface LinkedCodeOptions {
  readonly dimensions: readonly DimensionSpread[]
  /** Code of the link that led here, in short form. */
  readonly linkedCode: string | null
  readonly onCode: (code: string | null) => void
}

export interface LinkedCode {
  readonly store: CodeStore
  /** Goes back to the mean code, and stays with it from epoch to epoch. */
  readonly reset: (at: number) => void
}

/**
 * Keeps the code that the reader moves, from the link that led here and back into the address. Until it is moved, it is the mean code
 * of whichever epoch is shown; once moved, it stays as it is.
 */
export function useLinkedCode({ dimensions, linkedCode, onCode }: LinkedCodeOptions): LinkedCode {
  const [store] = useState(() => createCodeStore(readCode(linkedCode, meansOf(dimensions))))
  const moved = useRef(linkedCode !== null)

  const reset = useCallback(
    (at: number) => {
      store.replace(meansOf(dimensions), at)
      moved.current = false
    },
    [store, dimensions],
  )
  useEffect(() => {
    if (!moved.current) reset(performance.now())
  }, [reset])

  const link = useEffectEvent(() => onCode(moved.current ? writeCode(store.values, meansOf(dimensions)) : null))
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const unsubscribe = store.subscribe(() => {
      moved.current = true
      clearTimeout(timer)
      timer = setTimeout(link, LINK_DELAY_MILLISECONDS)
    })
    return () => {
      unsubscribe()
      clearTimeout(timer)
    }
  }, [store])
  return { store, reset }
}

function meansOf(dimensions: readonly DimensionSpread[]): readonly number[] {
  return dimensions.map(({ mean }) => mean)
}
