import { useApolloClient, useQuery, useReactiveVar } from '@apollo/client/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { onReconnected } from '../../data/connectionStatus'
import {
  type RunFilter,
  RunIdsDocument,
  type RunOrder,
  RunsDocument,
  type RunsQuery,
  type RunsQueryVariables,
  StoredRunsDocument,
  type StoredRunsQuery,
} from '../../data/generated/graphql'
import { labCursor } from '../../data/LabCursor'
import { type CachedList, readList, readListPage, writeListPage } from '../../data/readList'
import { followList, ShownList } from '../../data/ShownList'
import { columnVariables } from '../../data/shownColumns'
import { listReadings } from '../../data/useRunsChanged'
import { useHeld } from './useHeld'

/** What a large screen shows. */
const PAGE_SIZE = 40
/** Rows that are read at once, of which each costs the API something. */
const MOST_AT_ONCE = 200

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
  /** Whether the first rows are in sight, so that rows further down may be read later. @default false */
  readonly isAtTop?: boolean
  /** Counts how often the list is to be read again. @default as often as runs of it move, which the API tells */
  readonly readings?: number
}

type RunsPage = RunsQuery['runs'] & StoredRunsQuery['runs']

/** A list with the columns that its rows show. */
interface ReadRuns extends CachedList<RunsQuery, RunsPage, RunsQueryVariables> {
  readonly shown: ShownList
}

/** A reading that is under way. */
interface Reading {
  readonly list: ReadRuns
  /** Whether something has moved since it began. */
  isOutdated: boolean
}

/**
 * Reads the ids of runs page by page in one order. The rows go to the cache, where each row of the table reads its own: thousands of
 * rows in one result would be read again at every change. While a new filter loads, the runs of the previous one stay.
 */
export function useRuns({ filter, orderBy, columns, isHeld, isAtTop = false, readings }: RunsOptions) {
  const client = useApolloClient()
  const { data, previousData } = useQuery(RunIdsDocument, {
    variables: { first: PAGE_SIZE, filter, orderBy },
    fetchPolicy: 'cache-only',
  })
  const moved = useReactiveVar(listReadings)
  const shownList = useMemo(() => new ShownList({ filter, orderBy }), [filter, orderBy])
  const isFollowed = readings === undefined
  const [error, setError] = useState<ApiError>()
  const list = useMemo<ReadRuns>(
    () => ({
      query: RunsDocument,
      stored: StoredRunsDocument,
      variables: { filter, orderBy, ...(columns.length > 0 ? columnVariables(columns) : {}) },
      pageOf: ({ runs }) => ({ ...runs, nodes: runs.edges.map(({ node }) => node) }),
      dataOf: (runs) => ({ runs }) satisfies StoredRunsQuery,
      cursor: labCursor(client, 'runs'),
      shown: shownList,
    }),
    [client, shownList, filter, orderBy, columns],
  )
  const stored = useCallback(
    () => client.readQuery({ query: RunIdsDocument, variables: { first: PAGE_SIZE, filter, orderBy } })?.runs,
    [client, filter, orderBy],
  )
  const { current, isStale, update } = useHeld(readings ?? moved, isHeld)

  const isFirstInSight = useRef(isAtTop)
  useEffect(() => {
    isFirstInSight.current = isAtTop
  }, [isAtTop])
  const reading = useRef<Reading>(null)
  /** What the cached list was read as. */
  const read = useRef<ReadRuns>(null)
  /** Counts how often a list was read from its first run on. */
  const replaced = useRef(0)
  const [replacements, tellReplacements] = useState(0)
  const readOnce = useCallback(async () => {
    const mine: Reading = { list, isOutdated: false }
    reading.current = mine
    try {
      // Rows that were scrolled to know nothing yet of columns that came since, nor of what moved while another list was shown.
      const isWhole = () => read.current !== list || !isFirstInSight.current
      const wanted = () => (isWhole() ? Math.max(PAGE_SIZE, stored()?.nodes.length ?? 0) : PAGE_SIZE)
      const page = await readList(client, list, { wanted, mostAtOnce: MOST_AT_ONCE, isCurrent: () => reading.current === mine })
      if (!page || reading.current !== mine) return false
      list.shown.replace(page, { isOlder: !list.cursor.isCoveredBy(page.lastSeq) })
      writeListPage(client, list, { page })
      read.current = list
      tellReplacements(++replaced.current)
      // From its first page on: one that was refused is told of to nobody, and what happens from there on is told of this one.
      if (isFollowed) followList(list.shown)
      setError(undefined)
    } catch (cause) {
      if (reading.current !== mine) return false
      setError(toApiError(cause))
      return false
    } finally {
      if (reading.current === mine) reading.current = null
    }
    return mine.isOutdated
  }, [client, list, stored, isFollowed])
  const fetchList = useCallback(async () => {
    // One that takes long comes to its end all the same, and is followed by another.
    if (reading.current?.list === list) reading.current.isOutdated = true
    else while (await readOnce());
  }, [list, readOnce])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what has moved is read again
  useEffect(() => void fetchList(), [fetchList, current])
  useEffect(() => (error ? onReconnected(() => void fetchList()) : undefined), [error, fetchList])

  const after = data?.runs.pageInfo.hasNextPage ? data.runs.pageInfo.endCursor : null
  const asked = useRef<{ readonly list: ReadRuns; readonly after: string; readonly before: number }>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was asked for behind a list that was read again since is asked for again
  const loadMore = useCallback(async () => {
    const before = replaced.current
    const last = asked.current
    if (!after || (last?.list === list && last.after === after && last.before === before)) return
    const mine = { list, after, before }
    asked.current = mine
    try {
      const page = await readListPage(client, list, { first: PAGE_SIZE, after })
      const end = stored()
      // It may be older than a list that was read since.
      if (!page || replaced.current !== before || read.current !== list || end?.pageInfo.endCursor !== after) return
      list.shown.append(page)
      writeListPage(client, list, { page, after })
      setError(undefined)
      // Something happened that is not told yet, or was told before: which of the two is not known.
      if (isFollowed && end.totalCount !== page.totalCount) listReadings(listReadings() + 1)
    } catch (cause) {
      setError(toApiError(cause))
    } finally {
      if (asked.current === mine) asked.current = null
    }
  }, [client, list, stored, isFollowed, after, replacements])
  const isUsedUp = data?.runs.nodes.length === 0 && !!after
  // Where all rows that were read are gone, nobody scrolls to the end of them.
  useEffect(() => {
    if (isUsedUp) void loadMore()
  }, [isUsedUp, loadMore])

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
