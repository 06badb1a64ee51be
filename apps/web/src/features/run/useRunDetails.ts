import { useApolloClient } from '@apollo/client/react'
import { useEffect } from 'react'
import { RunDetailsDocument } from '../../data/generated/graphql'

/** Reads again what no event carries, the engine, its runtime and the files of a run, whenever `occasion` changes. */
export function useRunDetails(id: string, occasion: string): void {
  const client = useApolloClient()
  // biome-ignore lint/correctness/useExhaustiveDependencies: an occasion is what asks again.
  useEffect(() => {
    client.query({ query: RunDetailsDocument, variables: { id }, fetchPolicy: 'network-only' }).catch(() => {
      // What was known stays; a server that is away shows in the banner.
    })
  }, [client, id, occasion])
}
