import { useSyncExternalStore } from 'react'

/** Something that a page shows and that does not follow what happens in the lab. */
export interface Unfollowed {
  /** Names it as the subject of a sentence. */
  readonly what: string
  /** The API's reason. */
  readonly message: string
  /** Whether only a reload follows it again; else that is tried by itself. */
  readonly isGivenUp: boolean
}

let all: readonly Unfollowed[] = []
const listeners = new Set<() => void>()

/** Remembers that something is not followed; what is known of it is replaced. */
export function noteUnfollowed(unfollowed: Unfollowed): void {
  set([...all.filter(({ what }) => what !== unfollowed.what), unfollowed])
}

/** Forgets that something was not followed. */
export function forgetUnfollowed(what: string): void {
  if (all.some((one) => one.what === what)) set(all.filter((one) => one.what !== what))
}

/** Reads what is shown and not followed, the latest last. */
export function getUnfollowed(): readonly Unfollowed[] {
  return all
}

/** Follows what is shown and not followed. */
export function useUnfollowed(): readonly Unfollowed[] {
  return useSyncExternalStore(listen, getUnfollowed, getUnfollowed)
}

function set(next: readonly Unfollowed[]): void {
  all = next
  for (const listener of listeners) listener()
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
