import { useApolloClient, useQuery } from '@apollo/client/react'
import { useCallback, useEffect, useState } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { onReconnected } from '../../data/connectionStatus'
import { type ExperimentRowFieldsFragment, ExperimentsDocument } from '../../data/generated/graphql'
import { labCursor } from '../../data/LabCursor'
import { readPage } from '../../data/readPage'

export type ExperimentRow = ExperimentRowFieldsFragment

const PAGE_SIZE = 20
/** All of them are asked for at once then, as far as one request may. */
const FURTHER_PAGE_SIZE = 100

/** Reads the experiments that were launched, the newest first, page by page. The app's subscription keeps them current. */
export function useExperiments() {
  const client = useApolloClient()
  const { data } = useQuery(ExperimentsDocument, { variables: { first: PAGE_SIZE }, fetchPolicy: 'cache-only' })
  const [error, setError] = useState<ApiError>()
  const fetchPage = useCallback(
    (variables: { readonly first: number; readonly after?: string }) =>
      readPage(client, {
        query: ExperimentsDocument,
        variables,
        cursor: labCursor(client, 'experiments'),
        lastSeqOf: ({ experiments }) => experiments.lastSeq,
      }),
    [client],
  )
  const fetchFirst = useCallback(
    () =>
      fetchPage({ first: PAGE_SIZE }).then(
        () => setError(undefined),
        (cause: unknown) => setError(toApiError(cause)),
      ),
    [fetchPage],
  )
  useEffect(() => void fetchFirst(), [fetchFirst])
  useEffect(() => (error ? onReconnected(() => void fetchFirst()) : undefined), [error, fetchFirst])

  const page = data?.experiments
  const after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  return {
    experiments: page?.nodes as readonly ExperimentRow[] | undefined,
    totalCount: page?.totalCount ?? 0,
    loadMore: after === null ? undefined : () => fetchPage({ first: FURTHER_PAGE_SIZE, after }),
    error,
  }
}
