import type { ApolloCache, Reference } from '@apollo/client'
import { RunChangeFieldsFragmentDoc, RunColumnFieldsFragmentDoc } from './generated/graphql'
import { type ListArguments, mayHaveMoved, needsServer } from './placeInList'
import { columnVariables } from './shownColumns'
import type { RunsChange, ToldRuns } from './ToldRuns'
import { writeEpochs } from './writeEpochs'

export interface Consequences {
  /** A list whose filter or order looks at what changed must be read again: only the API knows where a run belongs there. */
  readonly listsAreStale: boolean
  /** How many runs run or wait changed. */
  readonly loadChanged: boolean
}

interface StoredList {
  readonly nodes: readonly Reference[]
  readonly totalCount: number
}

/** Writes one change of the table of runs into the cache: rows change in place, new ones come first, deleted ones go. */
export function writeRunChange(cache: ApolloCache, told: ToldRuns, changed: RunsChange): Consequences {
  const { change, id, run } = changed
  const before = told.tell(changed)
  const storeId = cache.identify({ __typename: 'Run', id })
  if (!storeId) return { listsAreStale: false, loadChanged: false }
  if (change === 'DELETED' || !run) {
    forgetRuns(cache, [id])
    return { listsAreStale: false, loadChanged: true }
  }
  cache.writeFragment({ id: storeId, fragment: RunChangeFieldsFragmentDoc, fragmentName: 'RunChangeFields', data: run })
  if (changed.columns.length > 0) {
    const { __typename, values, reconstructions } = run
    const data = { __typename, id, ...(values ? { values } : {}), ...(reconstructions === undefined ? {} : { reconstructions }) }
    const variables = columnVariables(changed.columns)
    cache.writeFragment({ id: storeId, fragment: RunColumnFieldsFragmentDoc, fragmentName: 'RunColumnFields', data, variables })
  }
  // It may come back from the trash, where it was looked at.
  if (change === 'CREATED') cache.modify({ id: storeId, fields: { deletedAt: () => null } })
  writeEpochs(cache, storeId, run.summary.epochs)
  if (run.parent) addChild(cache, run.parent.runId, { storeId, number: run.number })
  const listsAreStale = updateLists(cache, (list, args) => {
    if (needsServer(args)) return change === 'CREATED' || mayHaveMoved(before, run, args) ? 'stale' : list
    const nodes = list.nodes.filter(({ __ref }) => __ref !== storeId)
    const isListed = nodes.length < list.nodes.length
    if (run.archivedAt !== null) return isListed ? { ...list, nodes, totalCount: list.totalCount - 1 } : list
    if (isListed) return list
    // Where in the list it lay, only the API knows.
    if (change !== 'CREATED') return before && before.archivedAt !== null ? 'stale' : list
    return { ...list, nodes: [{ __ref: storeId }, ...nodes], totalCount: list.totalCount + 1 }
  })
  return { listsAreStale, loadChanged: before?.status !== run.status }
}

/** Lists a run among those that started from its parent, the newest first, where the page of the parent was looked at. */
function addChild(cache: ApolloCache, parentId: string, { storeId, number }: { readonly storeId: string; readonly number: number }): void {
  const id = cache.identify({ __typename: 'Run', id: parentId })
  if (!id) return
  cache.modify<{ children: readonly Reference[] }>({
    id,
    fields: {
      children: (known, { readField, toReference }) => {
        const child = toReference(storeId)
        if (!child || known.some(({ __ref }) => __ref === storeId)) return known
        const older = known.findIndex((one) => (readField<number>('number', one) ?? 0) < number)
        return older < 0 ? [...known, child] : [...known.slice(0, older), child, ...known.slice(older)]
      },
    },
  })
}

/** Takes deleted runs out of the cache and of every list. */
export function forgetRuns(cache: ApolloCache, ids: readonly string[]): void {
  const storeIds = new Set(ids.map((id) => `Run:${id}`))
  updateLists(cache, (list) => {
    const nodes = list.nodes.filter(({ __ref }) => !storeIds.has(__ref))
    const gone = list.nodes.length - nodes.length
    return gone === 0 ? list : { ...list, nodes, totalCount: list.totalCount - gone }
  })
  for (const id of storeIds) cache.evict({ id })
  cache.gc()
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
