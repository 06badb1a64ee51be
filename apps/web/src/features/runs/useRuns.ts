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
  /** Counts how often the list is to be read again. @default as often as its order may have changed */
  readonly readings?: number
}

/** Rows that are read at once, of which each costs the API something. */
const MOST_AT_ONCE = 200

/**
 * Reads the ids of runs page by page in one order. The rows go to the cache, where each row of the table reads its own: thousands of
 * rows in one result would be read again at every change. While a new filter loads, the runs of the previous one stay.
 */
export function useRuns({ filter, orderBy, columns, isHeld, readings }: RunsOptions) {
  const client = useApolloClient()
  const { data, previousData } = useQuery(RunIdsDocument, {
    variables: { first: PAGE_SIZE, filter, orderBy },
    fetchPolicy: 'cache-only',
  })
  const ordered = useReactiveVar(listReadings)
  const [error, setError] = useState<ApiError>()
  const fetching = useRef(false)

  const fetchPage = useCallback(
    async (first: number, after: string | null) => {
      const variables = { first, after, filter, orderBy, ...(columns.length > 0 ? columnVariables(columns) : {}) }
      try {
        const page = await readPage(client, {
          query: RunsDocument,
          variables,
          cursor: labCursor(client, 'runs'),
          lastSeqOf: ({ runs }) => runs.lastSeq,
        })
        setError(undefined)
        return page?.runs ?? null
      } catch (cause) {
        setError(toApiError(cause))
        return null
      }
    },
    [client, filter, orderBy, columns],
  )
  const { current, isStale, update } = useHeld(readings ?? ordered, isHeld)
  const listed = data?.runs.nodes.length ?? 0
  const readWith = useRef(new Map<string, string>())
  const fetchList = useCallback(async () => {
    const list = JSON.stringify([filter, orderBy])
    // Rows that were scrolled to know nothing yet of columns that came since.
    const isWhole = readWith.current.get(list) !== columns.join()
    let [left, after]: [number, string | null] = [isWhole ? Math.max(PAGE_SIZE, listed) : PAGE_SIZE, null]
    do {
      const page = await fetchPage(Math.min(MOST_AT_ONCE, left), after)
      if (!page) return
      left -= page.nodes.length
      after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
    } while (left > 0 && after !== null)
    readWith.current.set(list, columns.join())
  }, [fetchPage, filter, orderBy, columns, listed])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what only the API can order is read again when it changed; how many are listed says how many are read, not when
  useEffect(() => void fetchList(), [fetchPage, current])
  useEffect(() => (error ? onReconnected(() => void fetchList()) : undefined), [error, fetchList])

  const after = data?.runs.pageInfo.hasNextPage ? data.runs.pageInfo.endCursor : null
  const loadMore = useCallback(async () => {
    if (after === null || fetching.current) return
    fetching.current = true
    await fetchPage(PAGE_SIZE, after)
    fetching.current = false
  }, [after, fetchPage])

  const shown = (data ?? previousData)?.runs
  return {
    runs: shown?.nodes,
    totalCount: shown?.totalCount ?? 0,
    ranking: shown?.ranking ?? null,
    /** Whether the runs are those of a filter and an order before. */
    isOfBefore: data === undefined && shown !== undefined,
    isStale,
    update,
    loadMore,
    error,
  }
}
