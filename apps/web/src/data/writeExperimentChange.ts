import type { ApolloCache, Reference } from '@apollo/client'
import { type ExperimentRowFieldsFragment, ExperimentRowFieldsFragmentDoc, type ExperimentsChangedSubscription } from './generated/graphql'

export type ExperimentsChange = Omit<ExperimentsChangedSubscription['experimentsChanged'], 'seq'>

interface StoredList {
  readonly nodes: readonly Reference[]
  readonly totalCount: number
}

/** Writes one change into the cache: experiments change in place, new ones come first in the list, deleted ones go. */
export function writeExperimentChange(cache: ApolloCache, { change, id, experiment }: ExperimentsChange): void {
  const storeId = cache.identify({ __typename: 'Experiment', id })
  if (!storeId) return
  if (change === 'DELETED' || !experiment) {
    forget(cache, storeId)
    return
  }
  write(cache, storeId, experiment)
  if (change !== 'CREATED') return
  updateList(cache, (list) => {
    if (list.nodes.some(({ __ref }) => __ref === storeId)) return list
    return { ...list, nodes: [{ __ref: storeId }, ...list.nodes], totalCount: list.totalCount + 1 }
  })
}

function write(cache: ApolloCache, id: string, data: ExperimentRowFieldsFragment): void {
  cache.writeFragment({ id, fragment: ExperimentRowFieldsFragmentDoc, fragmentName: 'ExperimentRowFields', data })
}

function forget(cache: ApolloCache, storeId: string): void {
  updateList(cache, (list) => {
    const nodes = list.nodes.filter(({ __ref }) => __ref !== storeId)
    return nodes.length === list.nodes.length ? list : { ...list, nodes, totalCount: list.totalCount - 1 }
  })
  cache.evict({ id: storeId })
  cache.gc()
}

function updateList(cache: ApolloCache, update: (list: StoredList) => StoredList): void {
  cache.modify({
    fields: { experiments: (existing: StoredList | Reference) => ('nodes' in existing ? update(existing) : existing) },
  })
}
