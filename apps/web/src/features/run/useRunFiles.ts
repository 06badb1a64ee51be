import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { RunFilesListDocument } from '../../data/generated/graphql'

/** Reads the list of a run's files again, which is too long to come with every event, whenever `occasion` changes. */
export function useRunFiles(id: string, occasion: string): void {
  const client = useApolloClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an occasion is what asks again.
  useEffect(() => {
    client.query({ query: RunFilesListDocument, variables: { id }, fetchPolicy: 'network-only' }).catch(() => {
      // What was known stays; a server that is away shows in the banner.
    })
  }, [client, id, occasion])
}
