import { useApolloClient, useReactiveVar } from '@apollo/client/react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { onReconnected } from '../../data/connectionStatus'
import { type RunFilter, type RunGroupOrder, RunGroupsDocument, type RunGroupsQuery } from '../../data/generated/graphql'
import { readUncached } from '../../data/readUncached'
import { useAnswer } from '../../data/useAnswer'
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
  readonly asking: object
  /** How often runs had changed by then. */
  readonly reading: number
}

/** Reads groups page by page, and again as runs change. While others load, those of before stay. */
export function useRunGroups({ by, filter, aggregate, orderBy, isHeld }: RunGroupsOptions): RunGroups {
  const client = useApolloClient()
  const { current: reading, isStale, update } = useHeld(useReactiveVar(runChanges), isHeld)
  const asking = useMemo(
    () => ({ by: by.map((key) => ({ key })), filter, aggregate: [...aggregate], orderBy }),
    [by, filter, aggregate, orderBy],
  )
  const latest = useRef<Page>(null)
  const [extended, extend] = useState<Page | null>(null)
  // The cursor of another filter or order, or of before runs changed, says nothing about these.
  const before = extended?.asking === asking && extended.reading === reading ? extended : null
  const ask = useMemo(
    () =>
      by.length === 0
        ? null
        : async (signal: AbortSignal): Promise<Page> => {
            const shown = latest.current?.asking === asking ? latest.current.groups.length : 0
            const first = before ? PAGE_SIZE : Math.min(MOST_AT_ONCE, Math.max(PAGE_SIZE, shown))
            const variables = { ...asking, first, after: before?.pageInfo.endCursor ?? null }
            const { runGroups } = await readUncached(client, { query: RunGroupsDocument, variables, signal })
            const { nodes, ...rest } = runGroups
            return { ...rest, groups: [...(before?.groups ?? []), ...nodes.map(toGroup)], asking, reading }
          },
    [client, by.length, asking, reading, before],
  )
  const { answer: page, error: cause, retry } = useAnswer(ask)
  const error = useMemo(() => (cause ? toApiError(cause) : undefined), [cause])
  useEffect(() => {
    latest.current = page
  }, [page])
  useEffect(() => (cause ? onReconnected(retry) : undefined), [cause, retry])

  const isOfBefore = page !== null && page.asking !== asking
  const loadMore = useCallback(() => {
    if (page?.pageInfo.hasNextPage) extend(page)
  }, [page])
  return {
    groups: page?.groups,
    totalCount: page?.totalCount ?? 0,
    ranking: page?.ranking ?? null,
    readings: reading,
    isOfBefore,
    isStale,
    update,
    loadMore,
    error,
  }
}
