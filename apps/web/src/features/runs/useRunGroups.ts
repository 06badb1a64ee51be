import { useApolloClient, useReactiveVar } from '@apollo/client/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { onReconnected } from '../../data/connectionStatus'
import { type RunFilter, type RunGroupOrder, RunGroupsDocument, type RunGroupsQuery } from '../../data/generated/graphql'
import { runChanges } from '../../data/useRunsChanged'
import { type GroupOfRuns, toGroup } from './groupsOfRuns'
import { useHeld } from './useHeld'

const PAGE_SIZE = 50
const MOST_AT_ONCE = 500

export interface RunGroupsOptions {
  /** Names of keys; nothing is read where there are none. */
  readonly by: readonly string[]
  readonly filter: RunFilter | null
  /** Names of metrics that are summed up. */
  readonly aggregate: readonly string[]
  readonly orderBy: RunGroupOrder[]
  /** Whether what is shown stays as it is. */
  readonly isHeld: boolean
}

export interface RunGroups {
  /** Undefined until they are there. */
  readonly groups: readonly GroupOfRuns[] | undefined
  readonly totalCount: number
  readonly ranking: RunGroupsQuery['runGroups']['ranking']
  /** Whether runs have changed while it was held. */
  readonly isStale: boolean
  readonly update: () => void
  readonly loadMore: () => void
  /** Counts how often they were read since runs changed. */
  readonly readings: number
  /** Whether they are those of a filter, an order or keys before. */
  readonly isOfBefore: boolean
  readonly error: ApiError | undefined
}

interface Page extends Omit<RunGroupsQuery['runGroups'], 'nodes'> {
  readonly groups: readonly GroupOfRuns[]
  /** What they were asked for with. */
  readonly variables: object
}

/** Reads groups page by page, and again as runs change. While others load, those of before stay. */
export function useRunGroups({ by, filter, aggregate, orderBy, isHeld }: RunGroupsOptions): RunGroups {
  const client = useApolloClient()
  const changes = useReactiveVar(runChanges)
  const [page, setPage] = useState<Page>()
  const [error, setError] = useState<ApiError>()
  const latest = useRef<object>(null)
  const isGrouped = by.length > 0
  const shown = page?.groups.length ?? 0

  const asking = useMemo(
    () => ({ by: by.map((key) => ({ key })), filter, aggregate: [...aggregate], orderBy }),
    [by, filter, aggregate, orderBy],
  )
  const fetchPage = useCallback(
    async (first: number, before: Page | undefined) => {
      const request = {}
      latest.current = request
      const variables = { ...asking, first, after: before?.pageInfo.endCursor ?? null }
      try {
        const { data } = await client.query({ query: RunGroupsDocument, variables, fetchPolicy: 'no-cache' })
        // What was asked for since has the say.
        if (!data || latest.current !== request) return
        const { nodes, ...rest } = data.runGroups
        setPage({ ...rest, groups: [...(before?.groups ?? []), ...nodes.map(toGroup)], variables: asking })
        setError(undefined)
      } catch (cause) {
        if (latest.current === request) setError(toApiError(cause))
      }
    },
    [client, asking],
  )
  const { current, isStale, update } = useHeld(changes, isHeld)
  const asked = useRef<typeof fetchPage>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: how many are shown says how many are read again, not when
  useEffect(() => {
    if (!isGrouped) return
    const isAgain = asked.current === fetchPage
    asked.current = fetchPage
    void fetchPage(isAgain ? Math.min(MOST_AT_ONCE, Math.max(PAGE_SIZE, shown)) : PAGE_SIZE, undefined)
  }, [fetchPage, current, isGrouped])
  useEffect(() => (error ? onReconnected(() => void fetchPage(PAGE_SIZE, undefined)) : undefined), [error, fetchPage])

  const loading = useRef<Page>(undefined)
  const isOfBefore = page !== undefined && page.variables !== asking
  const loadMore = useCallback(() => {
    // The cursor of another filter or order says nothing about these.
    if (isOfBefore || !page?.pageInfo.hasNextPage || loading.current === page) return
    loading.current = page
    void fetchPage(PAGE_SIZE, page)
  }, [page, isOfBefore, fetchPage])
  return {
    groups: page?.groups,
    totalCount: page?.totalCount ?? 0,
    ranking: page?.ranking ?? null,
    readings: current,
    isOfBefore,
    isStale,
    update,
    loadMore,
    error,
  }
}
