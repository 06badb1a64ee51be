import type { ApolloCache, Reference } from '@apollo/client'
import { canonicalStringify } from '@apollo/client/utilities'
import { RunChangeFieldsFragmentDoc, RunColumnFieldsFragmentDoc, type RunList, type RunsChangedSubscription } from './generated/graphql'
import { placeRun, type StoredList } from './placeRun'
import { type ShownList, shownLists } from './ShownList'
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
  const place = (hasRow: boolean) => {
    const stale = lists.filter((shown, index) => {
      const cursor = cursors[index] ?? null
      const placed = { id, cursor, isNew: change === 'CREATED', hasRow }
      const isStale = updateList(cache, shown, (list) => placeRun(list, shown, placed))
      shown.tell(id, cursor)
      return isStale
    })
    return stale.length > 0
  }
  if (change === 'DELETED' || !run) {
    // A list of what is deleted shows its row.
    const isShown = lists.some((shown, index) => shown.cursorOf(id) && shown.cursorOf(id) === cursors[index])
    const isStale = place(false)
    if (!isShown) forgetRuns(cache, [id], lists)
    return isStale
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
  return place(true)
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

/** Takes deleted runs out of the cache and of every list, but for those that are told of it: what is told says whether it counted in them. */
export function forgetRuns(cache: ApolloCache, ids: readonly string[], told: readonly ShownList[] = shownLists.value): void {
  const storeIds = new Set(ids.map((id) => `Run:${id}`))
  const isTold = (name: string) => told.some(({ list }) => isOf(name, list))
  updateLists(
    cache,
    (list) => {
      const nodes = list.nodes.filter(({ __ref }) => !storeIds.has(__ref))
      const gone = list.nodes.length - nodes.length
      return gone === 0 ? list : { ...list, nodes, totalCount: list.totalCount - gone }
    },
    (name) => !isTold(name),
  )
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
  return updateLists(cache, update, (name) => isOf(name, list))
}

/** Whether a field of the cache is a list. */
function isOf(storeFieldName: string, { filter, orderBy }: RunList): boolean {
  return canonicalStringify(argumentsOf(storeFieldName)) === canonicalStringify({ filter, orderBy })
}

function argumentsOf(storeFieldName: string): object {
  const colon = storeFieldName.indexOf(':')
  return { filter: null, orderBy: null, ...(colon < 0 ? {} : (JSON.parse(storeFieldName.slice(colon + 1)) as object)) }
}
