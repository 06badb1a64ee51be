import type { ApolloCache, Reference } from '@apollo/client'
import {
  RunChangeFieldsFragmentDoc,
  type RunFilter,
  type RunOrder,
  RunStatusFieldFragmentDoc,
  type RunsChangedSubscription,
} from './generated/graphql'
import { writeEpochs } from './writeEpochs'

export type RunsChange = Omit<RunsChangedSubscription['runsChanged'], 'seq'>
export type ChangedRun = NonNullable<RunsChange['run']>

export interface Consequences {
  /** A list whose filter or order depends on what changed must be read again: only the API knows where a run belongs there. */
  readonly listsAreStale: boolean
  /** How many runs run or wait changed. */
  readonly loadChanged: boolean
}

interface StoredList {
  readonly nodes: readonly Reference[]
  readonly totalCount: number
}

/** Writes one change of the table of runs into the cache: rows change in place, new ones come first, deleted ones go. */
export function writeRunChange(cache: ApolloCache, { change, id, run }: RunsChange): Consequences {
  const storeId = cache.identify({ __typename: 'Run', id })
  if (!storeId) return { listsAreStale: false, loadChanged: false }
  if (change === 'DELETED' || !run) return forgetRun(cache, storeId)
  const before = cache.readFragment({ id: storeId, fragment: RunStatusFieldFragmentDoc })
  cache.writeFragment({ id: storeId, fragment: RunChangeFieldsFragmentDoc, fragmentName: 'RunChangeFields', data: run })
  writeEpochs(cache, storeId, run.summary.epochs)
  const listsAreStale = updateLists(cache, (list, args) => {
    if (needsServer(args)) return 'stale'
    if (change !== 'CREATED' || list.nodes.some(({ __ref }) => __ref === storeId)) return list
    return { ...list, nodes: [{ __ref: storeId }, ...list.nodes], totalCount: list.totalCount + 1 }
  })
  return { listsAreStale, loadChanged: before?.status !== run.status }
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
  const filtered = Object.values(filter ?? {}).some((wanted) => wanted !== null && wanted !== undefined && wanted !== '')
  const reordered = Boolean(orderBy && (orderBy.field !== 'CREATED_AT' || orderBy.direction !== 'DESC'))
  return filtered || reordered
}
