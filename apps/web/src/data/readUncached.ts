import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client'

interface UncachedRead<Data, Variables> {
  readonly query: TypedDocumentNode<Data, Variables>
  readonly variables: Variables
  /** Ends it. */
  readonly signal: AbortSignal
}

/** Reads what the cache has no use for. Rejects where the lab does not answer. */
export async function readUncached<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  { query, variables, signal }: UncachedRead<Data, Variables>,
): Promise<Data> {
  // Another that asks the same would end with it if they shared one request.
  const context = { fetchOptions: { signal }, queryDeduplication: false }
  const { data } = await client.query<Data, Variables>({ query, variables, fetchPolicy: 'no-cache', context })
  if (!data) throw new Error('the lab answered nothing')
  return data as Data
}
