import type { ApolloClient } from '@apollo/client'
import { makeVar } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { repeat, takeUntil } from 'rxjs'
import { type ConnectionStatus, getConnectionStatus, onConnectionStatus } from './connectionStatus'
import { RunsChangedDocument } from './generated/graphql'
import { runsCursor } from './LabCursor'
import { resumingSubscription } from './resumingSubscription'
import { writeRunChange } from './writeRunChange'

const SETTLE_MS = 400

/** Counts how often lists that only the API can order had to be read again. */
export const listReadings = makeVar(0)

/** Keeps every list and row of runs in the cache live, from where the cache is, however often the connection drops. */
export function useRunsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const readLists = collected(() => listReadings(listReadings() + 1))
    const refreshLab = collected(() => refetch(client, (query) => query.queryName === 'Lab'))
    const cursor = runsCursor(client)
    const subscription = resumingSubscription(client, {
      subscription: RunsChangedDocument,
      variables: async () => ({ after: await cursor.read() }),
    })
      .pipe(takeUntil(cursor.rewound), repeat())
      .subscribe({
        next: ({ runsChanged }) => {
          const { listsAreStale, loadChanged } = writeRunChange(client.cache, runsChanged)
          cursor.advance(runsChanged.seq)
          if (listsAreStale) readLists()
          if (loadChanged) refreshLab()
        },
        error: (error: unknown) => console.error('The table of runs is no longer live.', error),
      })
    let previous: ConnectionStatus = getConnectionStatus()
    const stopWatching = onConnectionStatus(() => {
      const current = getConnectionStatus()
      // What was asked for in vain while the connection was away.
      if (current === 'connected' && (previous === 'lost' || previous === 'restarting')) {
        refetch(client, (query) => query.queryName === 'Lab' || query.getCurrentResult().data === undefined)
        readLists()
      }
      previous = current
    })
    return () => {
      stopWatching()
      readLists.cancel()
      refreshLab.cancel()
      subscription.unsubscribe()
    }
  }, [client])
}

type Query = Parameters<NonNullable<Parameters<ApolloClient['refetchQueries']>[0]['onQueryUpdated']>>[0]

function refetch(client: ApolloClient, isWanted: (query: Query) => boolean): void {
  client.refetchQueries({ include: 'active', onQueryUpdated: isWanted })
}

/** Makes a burst of calls into one. */
function collected(action: () => void): (() => void) & { readonly cancel: () => void } {
  let timeout: ReturnType<typeof setTimeout> | undefined
  const later = () => {
    timeout ??= setTimeout(() => {
      timeout = undefined
      action()
    }, SETTLE_MS)
  }
  return Object.assign(later, { cancel: () => clearTimeout(timeout) })
}
