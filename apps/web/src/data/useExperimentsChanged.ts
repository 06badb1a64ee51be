import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { applyExperimentsChanged } from './applyExperimentsChanged'
import { getConnectionStatus, onConnectionStatus } from './connectionStatus'
import { ExperimentsChangedDocument } from './generated/graphql'
import { resumingSubscription } from './resumingSubscription'

const READ = ['Experiments', 'Experiment']

/** Keeps every experiment in the cache live, and reads again what may have been missed when the connection comes. */
export function useExperimentsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const subscription = resumingSubscription(client, { subscription: ExperimentsChangedDocument, variables: () => ({}) }).subscribe({
      next: ({ experimentsChanged }) => applyExperimentsChanged(client.cache, experimentsChanged),
      error: (error: unknown) => console.error('The list of experiments is no longer live.', error),
    })
    const stopWatching = onConnectionStatus(() => {
      if (getConnectionStatus() !== 'connected') return
      client.refetchQueries({ include: 'active', onQueryUpdated: ({ queryName }) => READ.includes(queryName ?? '') })
    })
    return () => {
      stopWatching()
      subscription.unsubscribe()
    }
  }, [client])
}
