import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { RunEventsDocument } from '../../data/generated/graphql'
import { resumingSubscription } from '../../data/resumingSubscription'
import { lastSequence, writeRunEvent } from '../../data/writeRunEvent'

/**
 * Keeps a run in the cache current while `enabled`, which should be so once the run is loaded: continues after the last event that
 * the cache holds, however often the connection drops.
 */
export function useRunEvents(id: string, enabled: boolean): void {
  const client = useApolloClient()
  useEffect(() => {
    if (!enabled) return
    const subscription = resumingSubscription(client, {
      subscription: RunEventsDocument,
      variables: () => ({ runId: id, after: lastSequence(client.cache, id) }),
    }).subscribe({
      next: ({ runEvents }) => writeRunEvent(client.cache, id, runEvents),
      error: (error: unknown) => console.error(`Run ${id} is no longer live.`, error),
    })
    return () => subscription.unsubscribe()
  }, [client, id, enabled])
}
