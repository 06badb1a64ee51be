import { useApolloClient, useQuery, useReactiveVar } from '@apollo/client/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { onReconnected } from '../../data/connectionStatus'
import { type RunFilter, RunIdsDocument, type RunOrder, RunsDocument } from '../../data/generated/graphql'
import { labCursor } from '../../data/LabCursor'
import { readPage } from '../../data/readPage'
import { followList, ShownList } from '../../data/ShownList'
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
  /** Whether the list stays as it is when runs of it have moved. */
  readonly isHeld: boolean
  /** Counts how often the list is to be read again. @default as often as runs of it move, which the API tells */
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
  const moved = useReactiveVar(listReadings)
  const shownList = useMemo(() => new ShownList({ filter, orderBy }), [filter, orderBy])
  const isFollowed = readings === undefined
  const latestList = useRef(shownList)
  useEffect(() => {
    latestList.current = shownList
  }, [shownList])
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
        if (page) shownList.read(page.runs.nodes, page.runs.edges)
        // From its first page on: one that was refused is told of to nobody, and what happens from there on is told of this one.
        if (page && isFollowed && latestList.current === shownList) followList(shownList)
        setError(undefined)
        return page?.runs ?? null
      } catch (cause) {
        setError(toApiError(cause))
        return null
      }
    },
    [client, shownList, isFollowed, filter, orderBy, columns],
  )
  const { current, isStale, update } = useHeld(readings ?? moved, isHeld)
  const listed = data?.runs.nodes.length ?? 0
  const readWith = useRef<readonly unknown[]>([])
  const fetchList = useCallback(async () => {
    const asked = [shownList, columns.join()]
    // Rows that were scrolled to know nothing yet of columns that came since, nor of what moved while another list was shown.
    const isWhole = asked.some((each, index) => each !== readWith.current[index])
    let [left, after]: [number, string | null] = [isWhole ? Math.max(PAGE_SIZE, listed) : PAGE_SIZE, null]
    do {
      const page = await fetchPage(Math.min(MOST_AT_ONCE, left), after)
      if (!page) return
      left -= page.nodes.length
      after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
    } while (left > 0 && after !== null)
    readWith.current = asked
  }, [fetchPage, shownList, columns, listed])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has moved is read again; how many are listed says how many are read, not when
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
