import { useApolloClient, useQuery } from '@apollo/client/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { onReconnected } from '../../data/connectionStatus'
import {
  type ExperimentRowFieldsFragment,
  ExperimentsDocument,
  type ExperimentsQuery,
  type ExperimentsQueryVariables,
} from '../../data/generated/graphql'
import { labCursor } from '../../data/LabCursor'
import { type CachedList, readList, readListPage, writeListPage } from '../../data/readList'

export type ExperimentRow = ExperimentRowFieldsFragment

const PAGE_SIZE = 20
/** All of them are asked for at once then, as far as one request may. */
const FURTHER_PAGE_SIZE = 100

/** Reads the experiments that were launched, the newest first, page by page. The app's subscription keeps them current. */
export function useExperiments() {
  const client = useApolloClient()
  const { data } = useQuery(ExperimentsDocument, { variables: { first: PAGE_SIZE }, fetchPolicy: 'cache-only' })
  const [error, setError] = useState<ApiError>()
  const list = useMemo<CachedList<ExperimentsQuery, ExperimentsQuery['experiments'], ExperimentsQueryVariables>>(
    () => ({
      query: ExperimentsDocument,
      variables: {},
      pageOf: ({ experiments }) => experiments,
      dataOf: (experiments) => ({ experiments }),
      cursor: labCursor(client, 'experiments'),
    }),
    [client],
  )
  const reading = useRef(0)
  const fetchList = useCallback(async () => {
    const number = ++reading.current
    const isCurrent = () => reading.current === number
    const listed = () => client.readQuery({ query: ExperimentsDocument, variables: { first: PAGE_SIZE } })?.experiments.nodes.length ?? 0
    try {
      const wanted = () => Math.max(PAGE_SIZE, listed())
      const page = await readList(client, list, { wanted, mostAtOnce: FURTHER_PAGE_SIZE, isCurrent })
      if (page) writeListPage(client, list, { page })
      if (page) setError(undefined)
    } catch (cause) {
      if (isCurrent()) setError(toApiError(cause))
    }
  }, [client, list])
  const loadMore = async (after: string) => {
    const number = reading.current
    const page = await readListPage(client, list, { first: FURTHER_PAGE_SIZE, after })
    if (page && reading.current === number) writeListPage(client, list, { page, after })
  }
  useEffect(() => void fetchList(), [fetchList])
  useEffect(() => (error ? onReconnected(() => void fetchList()) : undefined), [error, fetchList])

  const page = data?.experiments
  const after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  return {
    experiments: page?.nodes as readonly ExperimentRow[] | undefined,
    totalCount: page?.totalCount ?? 0,
    loadMore: after === null ? undefined : () => loadMore(after),
    error,
  }
}
