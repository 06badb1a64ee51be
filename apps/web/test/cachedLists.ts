import { type RunFilter, type RunOrder, StoredRunsDocument } from '../src/data/generated/graphql'
import type { makeCache } from '../src/data/makeCache'
import type { LiveRow } from './runFixtures'

export type Cache = ReturnType<typeof makeCache>
export interface List {
  readonly filter?: RunFilter
  readonly orderBy?: RunOrder[]
  readonly after?: string
  readonly totalCount?: number
  readonly isWhole?: boolean
}

export const variablesOf = ({ filter, orderBy, after }: List) => ({
  first: 2,
  after: after ?? null,
  filter: filter ?? null,
  orderBy: orderBy ?? null,
})

/** Writes a page whose runs stand at 10, 11 and so on. */
export function writePage(cache: Cache, nodes: readonly LiveRow[], list: List = {}) {
  const edges = nodes.map(({ id }, index) => ({ cursor: String(10 + index), node: { id } }))
  const pageInfo = { __typename: 'PageInfo' as const, hasNextPage: !list.isWhole, endCursor: edges.at(-1)?.cursor ?? null }
  const connection = { __typename: 'RunConnection' as const, ranking: null, totalCount: list.totalCount ?? 10 }
  const runs = { ...connection, pageInfo, nodes }
  cache.writeQuery({ query: StoredRunsDocument, variables: variablesOf(list), data: { runs } })
  return { edges, pageInfo }
}

export function readList(cache: Cache, list: List = {}) {
  const answer = cache.readQuery({ query: StoredRunsDocument, variables: variablesOf(list) })
  if (!answer) throw new Error('The list is not complete in the cache.')
  return answer.runs
}

export const idsOf = (cache: Cache, list: List = {}) => readList(cache, list).nodes.map(({ id }) => id)
