import type { ApolloClient } from '@apollo/client'
import { makeVar } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { onReconnected } from './connectionStatus'
import { followLists } from './followLists'
import { RunsChangedDocument } from './generated/graphql'
import { labCursor } from './LabCursor'
import { writeRunChange } from './writeRunChange'

const SETTLE_MS = 400

/** Counts how often lists that only the API can order had to be read again. */
export const listReadings = makeVar(0)

/** Keeps every list and row of runs in the cache live. */
export function useRunsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const readLists = collected(() => listReadings(listReadings() + 1))
    const refreshLab = collected(() => refetch(client, (query) => query.queryName === 'Lab'))
    const subscription = followLists(client, {
      subscription: RunsChangedDocument,
      cursor: labCursor(client, 'runs'),
      seqOf: ({ runsChanged }) => runsChanged.seq,
      write: ({ runsChanged }) => {
        const { listsAreStale, loadChanged } = writeRunChange(client.cache, runsChanged)
        if (listsAreStale) readLists()
        if (loadChanged) refreshLab()
      },
      what: 'The table of runs',
    })
    // What the subscriptions do not tell of: the lab's state, and what was asked for in vain while the connection was away.
    const stopWatching = onReconnected(() =>
      refetch(client, (query) => query.queryName === 'Lab' || (asksItself(query) && query.getCurrentResult().data === undefined)),
    )
    return () => {
      stopWatching()
      readLists.cancel()
      refreshLab.cancel()
      subscription.unsubscribe()
    }
  }, [client])
}

type Query = Parameters<NonNullable<Parameters<ApolloClient['refetchQueries']>[0]['onQueryUpdated']>>[0]

/** Lists look into the cache alone: who reads their pages asks again too. */
const asksItself = ({ options }: Query) => options.fetchPolicy !== 'cache-only'

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
