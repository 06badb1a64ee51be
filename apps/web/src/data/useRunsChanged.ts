import type { ApolloClient } from '@apollo/client'
import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { applyRunsChanged } from './applyRunsChanged'
import { type ConnectionStatus, getConnectionStatus, onConnectionStatus } from './connectionStatus'
import { RunsChangedDocument } from './generated/graphql'
import { resumingSubscription } from './resumingSubscription'
import { markRunsStale } from './staleRuns'

const SETTLE_MS = 400

/** Keeps every list and row of runs in the cache live, and reads again what may have been missed when the connection returns. */
export function useRunsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const refreshLists = collected(markRunsStale)
    const refreshLab = collected(() => refetch(client, ['Lab']))
    const subscription = resumingSubscription(client, { subscription: RunsChangedDocument, variables: () => ({}) }).subscribe({
      next: ({ runsChanged }) => {
        const { listsAreStale, loadChanged } = applyRunsChanged(client.cache, runsChanged)
        if (listsAreStale) refreshLists()
        if (loadChanged) refreshLab()
      },
      error: (error: unknown) => console.error('The table of runs is no longer live.', error),
    })
    let previous: ConnectionStatus = getConnectionStatus()
    const stopWatching = onConnectionStatus(() => {
      const current = getConnectionStatus()
      if (current === 'connected') {
        // Even the first time: something may have changed between the first answer and the subscription's start.
        markRunsStale()
        if (previous === 'lost') refetchWhatIsShown(client)
        else refetch(client, ['Lab'])
      }
      previous = current
    })
    return () => {
      stopWatching()
      refreshLists.cancel()
      refreshLab.cancel()
      subscription.unsubscribe()
    }
  }, [client])
}

function refetch(client: ApolloClient, names: readonly string[]): void {
  client.refetchQueries({ include: 'active', onQueryUpdated: ({ queryName }) => names.includes(queryName ?? '') })
}

/**
 * Reads everything shown again, except lists of runs, which read themselves, and a run's own page: it resumes from its last event,
 * and reading it again as well could overwrite a newer event with an older answer.
 */
function refetchWhatIsShown(client: ApolloClient): void {
  client.refetchQueries({
    include: 'active',
    onQueryUpdated: (query) => query.queryName !== 'RunIds' && (query.queryName !== 'Run' || query.getCurrentResult().data === undefined),
  })
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
