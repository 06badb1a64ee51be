import type { ApolloCache, Reference } from '@apollo/client'
import { withEpoch } from './applyRunEvent'
import {
  type EpochMetricsFieldsFragment,
  type RunFilter,
  type RunMembershipFieldsFragment,
  RunMembershipFieldsFragmentDoc,
  type RunOrder,
  type RunRowFieldsFragment,
  RunRowFieldsFragmentDoc,
  type RunsChangedSubscription,
} from './generated/graphql'

export type RunsChange = RunsChangedSubscription['runsChanged']

export interface Consequences {
  /** A list whose filter or order depends on what changed must be read again. */
  readonly listsAreStale: boolean
  /** How many runs run or wait changed. */
  readonly loadChanged: boolean
}

interface StoredList {
  readonly nodes: readonly Reference[]
  readonly totalCount: number
}

/** Applies one change of the table of runs to the cache: rows change in place, new ones come first, deleted ones go. */
export function applyRunsChanged(cache: ApolloCache, { change, id, run }: RunsChange): Consequences {
  const storeId = cache.identify({ __typename: 'Run', id })
  if (!storeId) return { listsAreStale: false, loadChanged: false }
  if (change === 'DELETED' || !run) return forgetRun(cache, storeId)
  const before = readRow(cache, storeId)
  writeRow(cache, storeId, run)
  writeMembership(cache, storeId, run)
  const listsAreStale = updateLists(cache, (list, args) => {
    if (list.nodes.some(({ __ref }) => __ref === storeId)) return needsServer(args) ? 'stale' : list
    if (needsServer(args)) return 'stale'
    // A run that is missing from a whole list was launched before the subscription began to listen.
    if (change !== 'CREATED') return list.nodes.length >= list.totalCount ? 'stale' : list
    return { ...list, nodes: [{ __ref: storeId }, ...list.nodes], totalCount: list.totalCount + 1 }
  })
  return { listsAreStale, loadChanged: before?.status !== run.status }
}

function readRow(cache: ApolloCache, id: string): RunRowFieldsFragment | null {
  return cache.readFragment({ id, fragment: RunRowFieldsFragmentDoc, fragmentName: 'RunRowFields' })
}

function writeRow(cache: ApolloCache, id: string, run: RunRowFieldsFragment): void {
  cache.writeFragment({ id, fragment: RunRowFieldsFragmentDoc, fragmentName: 'RunRowFields', data: run })
  const newest = run.curve.at(-1)
  if (newest) cache.modify({ id, fields: { metrics: (existing, { storeFieldName }) => growCurve(existing, newest, storeFieldName) } })
}

function writeMembership(cache: ApolloCache, id: string, data: RunMembershipFieldsFragment): void {
  cache.writeFragment({ id, fragment: RunMembershipFieldsFragmentDoc, fragmentName: 'RunMembershipFields', data })
}

/** Grows the longer, downsampled curves that comparisons draw; the run's own page counts every epoch by its events instead. */
function growCurve(existing: readonly EpochMetricsFieldsFragment[], newest: EpochMetricsFieldsFragment, storeFieldName: string) {
  const last = existing.at(-1)
  const isRow = storeFieldName.includes('"maxPoints":40}')
  if (storeFieldName === 'metrics' || isRow || (last && last.epoch >= newest.epoch)) return existing
  return withEpoch(existing, newest)
}

function forgetRun(cache: ApolloCache, storeId: string): Consequences {
  updateLists(cache, (list) => {
    const nodes = list.nodes.filter(({ __ref }) => __ref !== storeId)
    return nodes.length === list.nodes.length ? list : { ...list, nodes, totalCount: list.totalCount - 1 }
  })
  cache.evict({ id: storeId })
  cache.gc()
  return { listsAreStale: false, loadChanged: true }
}

interface ListArguments {
  readonly filter?: RunFilter | null
  readonly orderBy?: RunOrder | null
}

function updateLists(cache: ApolloCache, update: (list: StoredList, args: ListArguments) => StoredList | 'stale'): boolean {
  let stale = false
  cache.modify({
    fields: {
      runs: (existing: StoredList | Reference, { storeFieldName }) => {
        if (!('nodes' in existing)) return existing
        const updated = update(existing, argumentsOf(storeFieldName))
        if (updated === 'stale') stale = true
        return updated === 'stale' ? existing : updated
      },
    },
  })
  return stale
}

function argumentsOf(storeFieldName: string): ListArguments {
  const colon = storeFieldName.indexOf(':')
  return colon < 0 ? {} : (JSON.parse(storeFieldName.slice(colon + 1)) as ListArguments)
}

/** Tells whether only the API knows where a run belongs in a list; the newest-first list of everything needs no asking. */
function needsServer({ filter, orderBy }: ListArguments): boolean {
  const filtered = Boolean(filter?.search || filter?.status?.length || filter?.dataset?.length)
  const reordered = Boolean(orderBy && (orderBy.field !== 'CREATED_AT' || orderBy.direction !== 'DESC'))
  return filtered || reordered
}
