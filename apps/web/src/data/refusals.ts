import { useSyncExternalStore } from 'react'
import { limitOf, retryAfterSeconds } from './apiError'

/** What the lab gives this browser no more of for now, and when it does again. */
export interface Refusal {
  /** Which limit was reached, as the API names it. */
  readonly limit: string
  /** In milliseconds since 1970. */
  readonly until: number
}

let refusal: Refusal | null = null
let ending: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** Remembers that something was refused for a while, and tells everybody who shows it; what is refused for another reason is not its concern. */
export function noteRefusal(error: unknown): void {
  const limit = limitOf(error)
  const seconds = retryAfterSeconds(error)
  if (limit !== null && seconds !== null) refuseFor(limit, seconds)
}

/** Remembers that a limit was reached, for some seconds. */
export function refuseFor(limit: string, seconds: number): void {
  const until = Date.now() + seconds * 1000
  if (refusal && refusal.until >= until) return
  clearTimeout(ending)
  ending = setTimeout(() => set(null), seconds * 1000)
  set({ limit, until })
}

/** Reads what the lab gives this browser no more of for now. */
export function getRefusal(): Refusal | null {
  return refusal
}

/** Follows what the lab gives this browser no more of for now. */
export function useRefusal(): Refusal | null {
  return useSyncExternalStore(listen, getRefusal, () => null)
}

function set(next: Refusal | null): void {
  refusal = next
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
