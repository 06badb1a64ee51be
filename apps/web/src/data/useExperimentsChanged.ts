import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { ExperimentsChangedDocument } from './generated/graphql'
import { LabCursor } from './LabCursor'
import { resumingSubscription } from './resumingSubscription'
import { writeExperimentChange } from './writeExperimentChange'

/** Keeps every experiment in the cache live, from where the cache is, however often the connection drops. */
export function useExperimentsChanged(): void {
  const client = useApolloClient()
  useEffect(() => {
    const cursor = new LabCursor(client)
    const subscription = resumingSubscription(client, {
      subscription: ExperimentsChangedDocument,
      variables: async () => ({ after: await cursor.read() }),
    }).subscribe({
      next: ({ experimentsChanged }) => {
        writeExperimentChange(client.cache, experimentsChanged)
        cursor.advance(experimentsChanged.seq)
      },
      error: (error: unknown) => console.error('The list of experiments is no longer live.', error),
    })
    return () => subscription.unsubscribe()
  }, [client])
}
