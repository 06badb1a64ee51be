import type { ApolloCache } from '@apollo/client'

/** Writes into the cache whether the queue rests. */
export function writeQueuePaused(cache: ApolloCache, queuePaused: boolean): void {
  cache.modify({ fields: { lab: (lab: object) => ({ ...lab, queuePaused }) } })
}
