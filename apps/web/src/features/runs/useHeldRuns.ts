import { useState } from 'react'
import type { RunId } from './useRuns'

interface HeldRuns {
  readonly shown: readonly RunId[] | undefined
  /** New runs above those that are shown. */
  readonly waiting: number
  readonly release: () => void
}

/** Has runs that are launched while somebody looks further down wait above the list, so that nothing moves under the eyes. */
export function useHeldRuns(runs: readonly RunId[] | undefined, isHeld: boolean, listKey: string): HeldRuns {
  const first = runs?.[0]?.id
  const [top, setTop] = useState({ id: first, listKey })
  const place = runs?.findIndex(({ id }) => id === top.id) ?? -1
  // The run that was the first may be gone; then nothing is known to be new.
  const isKept = isHeld && top.listKey === listKey && place > 0
  if (!isKept && (top.id !== first || top.listKey !== listKey)) setTop({ id: first, listKey })
  return { shown: isKept ? runs?.slice(place) : runs, waiting: isKept ? place : 0, release: () => setTop({ id: first, listKey }) }
}
