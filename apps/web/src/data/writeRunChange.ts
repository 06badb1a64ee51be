import type { ApolloCache, Reference } from '@apollo/client'
import { canonicalStringify } from '@apollo/client/utilities'
import { RunChangeFieldsFragmentDoc, RunColumnFieldsFragmentDoc, type RunsChangedSubscription } from './generated/graphql'
import { placeRun, type StoredList } from './placeRun'
import type { ShownList } from './ShownList'
import { columnVariables } from './shownColumns'
import { writeEpochs } from './writeEpochs'

type SentChange = RunsChangedSubscription['runsChanged']
export type ChangedRun = Omit<NonNullable<SentChange['run']>, 'values' | 'reconstructions'>

/** What was asked for with the changes of runs. */
export interface Shown {
  /** Names of the columns that come along. */
  readonly columns: readonly string[]
  /** Those that each change tells a cursor for. */
  readonly lists: readonly ShownList[]
}

/** Writes one change of the table of runs into the cache; tells whether one of the lists is to be read again. */
export function writeRunChange(
  cache: ApolloCache,
  { change, id, run, cursors }: Omit<SentChange, 'seq'>,
  { columns, lists }: Shown,
): boolean {
  const storeId = cache.identify({ __typename: 'Run', id })
  if (!storeId) return false
  if (change === 'DELETED' || !run) {
    forgetRuns(cache, [id])
    for (const shown of lists) shown.tell(id, null)
    return false
  }
  cache.writeFragment({ id: storeId, fragment: RunChangeFieldsFragmentDoc, fragmentName: 'RunChangeFields', data: run })
  if (columns.length > 0) {
    const { __typename, values, reconstructions } = run
    const data = { __typename, id, ...(values ? { values } : {}), ...(reconstructions === undefined ? {} : { reconstructions }) }
    const variables = columnVariables(columns)
    cache.writeFragment({ id: storeId, fragment: RunColumnFieldsFragmentDoc, fragmentName: 'RunColumnFields', data, variables })
  }
  // It may come back from the trash, where it was looked at.
  if (change === 'CREATED') cache.modify({ id: storeId, fields: { deletedAt: () => null } })
  writeEpochs(cache, storeId, run.summary.epochs)
  if (run.parent) addChild(cache, run.parent.runId, { storeId, number: run.number })
  const stale = lists.filter((shown, index) => {
    const cursor = cursors[index] ?? null
    const isStale = updateList(cache, shown, (list) => placeRun(list, shown, { id, cursor, isNew: change === 'CREATED' }))
    shown.tell(id, cursor)
    return isStale
  })
  return stale.length > 0
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

type UpdateList = (list: StoredList) => StoredList | 'stale'

function updateLists(cache: ApolloCache, update: UpdateList, isMeant: (storeFieldName: string) => boolean = () => true): boolean {
  let stale = false
  cache.modify({
    fields: {
      runs: (existing: StoredList | Reference, { storeFieldName }) => {
        if (!('nodes' in existing) || !isMeant(storeFieldName)) return existing
        const updated = update(existing)
        if (updated === 'stale') stale = true
        return updated === 'stale' ? existing : updated
      },
    },
  })
  return stale
}

/** Changes a list in the cache; tells whether it is to be read again instead. */
function updateList(cache: ApolloCache, { list }: ShownList, update: UpdateList): boolean {
  const wanted = canonicalStringify({ filter: list.filter, orderBy: list.orderBy })
  return updateLists(cache, update, (name) => canonicalStringify(argumentsOf(name)) === wanted)
}

function argumentsOf(storeFieldName: string): object {
  const colon = storeFieldName.indexOf(':')
  return { filter: null, orderBy: null, ...(colon < 0 ? {} : (JSON.parse(storeFieldName.slice(colon + 1)) as object)) }
}
