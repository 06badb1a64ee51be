import { useApolloClient, useQuery, useReactiveVar } from '@apollo/client/react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { onReconnected } from '../../data/connectionStatus'
import { type RunFilter, RunIdsDocument, type RunOrder, RunsDocument } from '../../data/generated/graphql'
import { labCursor } from '../../data/LabCursor'
import { readPage } from '../../data/readPage'
import { columnVariables } from '../../data/shownColumns'
import { listReadings } from '../../data/useRunsChanged'
import { useHeld } from './useHeld'

/** What a large screen shows. */
const PAGE_SIZE = 40

/** What a list holds of a run; each row reads the rest. */
export interface RunId {
  readonly id: string
}

export interface RunsOptions {
  readonly filter: RunFilter | null
  readonly orderBy: RunOrder[] | null
  /** Names of keys that rows show beside what all have. */
  readonly columns: readonly string[]
  /** Whether the list stays as it is while only the API knows how it is ordered by now. */
  readonly isHeld: boolean
}

/**
 * Reads the ids of runs page by page in one order. The rows go to the cache, where each row of the table reads its own: thousands of
 * rows in one result would be read again at every change. While a new filter loads, the runs of the previous one stay.
 */
export function useRuns({ filter, orderBy, columns, isHeld }: RunsOptions) {
  const client = useApolloClient()
  const { data, previousData } = useQuery(RunIdsDocument, {
    variables: { first: PAGE_SIZE, filter, orderBy },
    fetchPolicy: 'cache-only',
  })
  const readings = useReactiveVar(listReadings)
  const [error, setError] = useState<ApiError>()
  const fetching = useRef(false)

  const fetchPage = useCallback(
    async (after: string | null) => {
      const variables = { first: PAGE_SIZE, after, filter, orderBy, ...(columns.length > 0 ? columnVariables(columns) : {}) }
      try {
        await readPage(client, {
          query: RunsDocument,
          variables,
          cursor: labCursor(client, 'runs'),
          lastSeqOf: ({ runs }) => runs.lastSeq,
        })
        setError(undefined)
      } catch (cause) {
        setError(toApiError(cause))
      }
    },
    [client, filter, orderBy, columns],
  )
  const { current, isStale, update } = useHeld(readings, isHeld)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what only the API can order is read again when it changed
  useEffect(() => void fetchPage(null), [fetchPage, current])
  useEffect(() => (error ? onReconnected(() => void fetchPage(null)) : undefined), [error, fetchPage])

  const after = data?.runs.pageInfo.hasNextPage ? data.runs.pageInfo.endCursor : null
  const loadMore = useCallback(async () => {
    if (after === null || fetching.current) return
    fetching.current = true
    await fetchPage(after)
    fetching.current = false
  }, [after, fetchPage])

  const shown = (data ?? previousData)?.runs
  return { runs: shown?.nodes, totalCount: shown?.totalCount ?? 0, ranking: shown?.ranking ?? null, isStale, update, loadMore, error }
}
