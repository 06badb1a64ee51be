import { useSyncExternalStore } from 'react'

const KEY = 'hourglass.cues'
const listeners = new Set<() => void>()

const isShown = () => {
  try {
    return localStorage.getItem(KEY) === 'shown'
  } catch {
    return false
  }
}

/** Whether the reader wants to be told what to look for before an experiment is run, as this browser keeps it. */
export function useShowsCues(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    isShown,
    () => false,
  )
}

/** Keeps in the browser whether what to look for is shown at once. */
export function showCues(shown: boolean): void {
  try {
    if (shown) localStorage.setItem(KEY, 'shown')
    else localStorage.removeItem(KEY)
  } catch (error) {
    console.warn('The browser does not keep whether cues are shown.', error)
  }
  for (const listener of listeners) listener()
}
