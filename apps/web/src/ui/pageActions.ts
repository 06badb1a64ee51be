import { useEffect, useSyncExternalStore } from 'react'

/** Something that can be done on the page that is open. */
export interface PageAction {
  readonly id: string
  readonly label: string
  readonly run: () => void
}

const offered = new Map<symbol, readonly PageAction[]>()
const listeners = new Set<() => void>()
const none: readonly PageAction[] = []
let all: readonly PageAction[] = none

/** Offers what can be done on a page to the command palette, as long as the page is open. */
export function usePageActions(actions: readonly PageAction[]): void {
  useEffect(() => {
    const key = Symbol('page')
    offered.set(key, actions)
    tell()
    return () => {
      offered.delete(key)
      tell()
    }
  }, [actions])
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
