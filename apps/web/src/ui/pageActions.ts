import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { useWantedFigure } from './WantedFigure'

/** Something that can be done on the page that is open. */
export interface PageAction {
  /** Tells it from all others of the page. */
  readonly id: string
  readonly label: string
  readonly run: () => void
}

const offered = new Map<symbol, readonly PageAction[]>()
const listeners = new Set<() => void>()
const none: readonly PageAction[] = []
let all: readonly PageAction[] = none

/** Offers to the command palette what a part of a page lets be done, as long as that part is shown. It may be given anew whenever the part is drawn. */
export function usePageActions(given: readonly PageAction[]): void {
  // A page of which one figure is wanted alone is not the one that is open.
  const actions = useWantedFigure() ? none : given
  const latest = useRef(actions)
  useEffect(() => {
    latest.current = actions
  })
  const [key] = useState(() => Symbol('part'))
  const names = JSON.stringify(actions.map(({ id, label }) => [id, label]))
  // biome-ignore lint/correctness/useExhaustiveDependencies: others are offered once they have other names
  useEffect(() => {
    offered.set(
      key,
      latest.current.map(({ id, label }) => ({ id, label, run: () => latest.current.find((action) => action.id === id)?.run() })),
    )
    tell()
  }, [key, names])
  useEffect(
    () => () => {
      offered.delete(key)
      tell()
    },
    [key],
  )
}

/** Reads what can be done on the page that is open. */
export function useOfferedActions(): readonly PageAction[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
    () => none,
  )
}

function tell(): void {
  all = [...offered.values()].flat()
  for (const listener of listeners) listener()
}
