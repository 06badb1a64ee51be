import type { ApolloClient, OperationVariables, TypedDocumentNode } from '@apollo/client'
import type { LabCursor } from './LabCursor'

export interface ReadPageOptions<Data, Variables extends OperationVariables> {
  readonly query: TypedDocumentNode<Data, Variables>
  readonly variables: Variables
  readonly cursor: LabCursor
  readonly lastSeqOf: (data: Data) => number
}

/** Reads a page of a list into the cache, and has the lists followed from where the answer was true; gives the answer. Rejects where none came. */
export async function readPage<Data, Variables extends OperationVariables>(
  client: ApolloClient,
  { query, variables, cursor, lastSeqOf }: ReadPageOptions<Data, Variables>,
): Promise<Data | undefined> {
  const { data } = await client.query<Data, OperationVariables>({ query, variables, fetchPolicy: 'no-cache' })
  if (!data) return undefined
  client.cache.writeQuery<Data, OperationVariables>({ query, variables, data: data as Data })
  cursor.wrote(lastSeqOf(data as Data))
  return data as Data
}
