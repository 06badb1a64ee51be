import { type Query, QueryClient } from '@tanstack/react-query'

/** Files that nothing shows any more are kept this long, in milliseconds, and at most this many of them: who scrubs to and fro finds them again. */
const KEPT_FOR = 60_000
const MOST_UNUSED = 48
const RETRY_AFTER = 200

/**
 * Makes the cache of what is loaded from artifacts, and of what is made of them. A file at an address never changes, so one that was loaded is never
 * stale. One that does not arrive is asked for once more, since a proxy may have lost the answer.
 */
export function makeFileCache(): QueryClient {
  const client = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: KEPT_FOR,
        retry: 1,
        retryDelay: RETRY_AFTER,
        // A lab on this machine answers without a network, too.
        networkMode: 'always',
        structuralSharing: false,
      },
    },
  })
  const cache = client.getQueryCache()
  const unused = new Set<Query>()
  cache.subscribe(({ type, query }) => {
    unused.delete(query)
    if (type === 'removed') dispose(query.state.data)
    else if (query.getObserversCount() === 0) unused.add(query)
    for (const oldest of unused) {
      if (unused.size <= MOST_UNUSED) break
      if (oldest.state.fetchStatus === 'idle') cache.remove(oldest)
      else unused.delete(oldest)
    }
  })
  return client
}

/** Ends what holds more than memory that is collected, such as a model. */
function dispose(value: unknown): void {
  if (typeof value === 'object' && value !== null && 'dispose' in value && typeof value.dispose === 'function') value.dispose()
}
