import { printQuery, type RunQuery } from '@hourglass/query'
import { Prisma, type PrismaClient } from '../../generated/prisma/client.js'
import { newestSeq } from '../newestSeq.js'
import { valueColumns } from '../query/keyColumns.js'
import type { LabKey } from '../query/LabKey.js'
import { valueKey } from '../query/readKeyBook.js'
import { type Ranking, readRanking, selectFacets } from '../readRanking.js'
import { requireValueNames } from '../requireValueNames.js'
import { type RunFilter, type RunScope, readScope } from '../runFilter.js'
import { readGroupCursor, writeGroupCursor } from './groupCursor.js'
import {
  joinKey,
  keyColumn,
  labKeyOf,
  narrowFilter,
  placeOf,
  type RunGroupKey,
  selectKey,
  selectPlaceOf,
  sharedValue,
  sumOrders,
} from './groupKeys.js'
import { behindGroup, groupPlaceOf, orderGroups, type RunGroupOrder, selectGroupPlace, sortColumns, wholeOrder } from './groupOrder.js'
import type { RunGroup } from './RunGroup.js'
import { readSpread, type SpreadRow, spreadColumns } from './spreadColumns.js'

export interface RunGroupsRequest {
  readonly by: readonly RunGroupKey[]
  readonly filter: RunFilter
  /** Names of values whose spread in each group is computed. */
  readonly aggregate: readonly string[]
  /** The first counts most; of equal groups, and without any, keys decide. @default none */
  readonly orderBy?: readonly RunGroupOrder[]
  readonly first: number
  /** Cursor of the group before the page. */
  readonly after: string | undefined
}

export interface RunGroupPage {
  readonly edges: readonly { readonly cursor: string; readonly node: RunGroup }[]
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  /** Newest event of the lab before the groups were read: whoever follows from there on misses nothing. */
  readonly lastSeq: number
  /** Counts the groups, whatever the page. */
  readonly count: () => Promise<number>
  /** Whether groups can be ranked by the value that they are ordered by first; null where that is no metric with a better way. */
  readonly ranking: () => Promise<Ranking | null>
}

/**
 * Groups runs by what they have in common, in one statement for any number of runs: unless ordered otherwise, groups with numbers come first, ascending, then
 * those with texts as they are compared, experiments by their names, then runs without the value. Throws BAD_USER_INPUT for names that no run has values by, and
 * for a cursor of other groups.
 */
export async function readRunGroups(read: PrismaClient, request: RunGroupsRequest): Promise<RunGroupPage> {
  const { filter, first, after } = request
  const names = request.by.flatMap((key) => ('value' in key ? key.value : []))
  const scope = await readScope(read, filter)
  requireValueNames(scope.keys, names, 'by')
  const unknown = request.aggregate.filter((name) => !scope.keys.named(name))
  requireValueNames(scope.keys, unknown, 'aggregate')
  const lastSeq = await newestSeq(read)
  const by = request.by.map((key) => ({ key, labKey: labKeyOf(key, scope.keys) }))
  const labKeys = by.map(({ labKey }) => labKey)
  const orderBy = wholeOrder(request.orderBy ?? [], labKeys)
  const list = { by: request.by, orderBy }
  const last = after === undefined ? undefined : readGroupCursor(list, after)
  const wanted = request.aggregate.map((name) => valueKey(name, scope.keys))
  const spreads = wanted.map((key, index) => spreadColumns(index, key))
  const keys = Prisma.join(by.map((_, index) => keyColumn(index)))
  const member = membersOf(scope, labKeys, wanted)
  const places = orderBy.map((order, index) => selectGroupPlace(order, index, { by: labKeys, aggregated: wanted }))
  const shown = [
    Prisma.sql`count`,
    ...spreads.flatMap(({ names }) => names),
    ...by.map((_, index) => selectPlaceOf(index)),
    ...orderBy.flatMap((_, index) => sortColumns(index)),
  ]
  const behind = last ? behindGroup(orderBy, last, keys) : Prisma.sql`TRUE`
  // In the order of keys, runs of groups that were read already need not be described again.
  const ahead = last && orderBy.length === 0 ? Prisma.sql`WHERE ${behind}` : Prisma.empty
  const rows = await read.$queryRaw<SpreadRow[]>`
    WITH member AS (${member}), described AS (
      SELECT ${Prisma.join([Prisma.sql`*`, ...spreads.map(({ windowed }) => windowed)])} FROM member ${ahead} WINDOW shared AS (PARTITION BY ${keys})
    ), summed AS (
      SELECT ${Prisma.join([keys, Prisma.sql`COUNT(*) AS count`, ...sumOrders(labKeys), ...spreads.map(({ grouped }) => grouped)])} FROM described GROUP BY ${keys}
    )
    SELECT ${Prisma.join(shown)} FROM (SELECT ${Prisma.join([Prisma.sql`*`, ...places])} FROM summed) WHERE ${behind} ORDER BY ${orderGroups(orderBy, keys)} LIMIT ${first + 1}`
  const edges = rows.slice(0, first).map((row) => {
    const own = by.map((_, index) => placeOf(row, index))
    const shared = own.map(sharedValue)
    const narrowed = narrowFilter(filter, by, shared)
    const node: RunGroup = {
      by: request.by,
      shared,
      count: Number(row.count),
      spreads: wanted.map((key, index) => readSpread(row, index, key)),
      filter: { ...narrowed.filter, ...asText(scope, narrowed.query) },
    }
    return { cursor: writeGroupCursor(list, { sorted: orderBy.map((_, index) => groupPlaceOf(row, index)), keys: own }), node }
  })
  return {
    edges,
    hasNextPage: rows.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
    lastSeq,
    count: async () => {
      if (last === undefined && rows.length <= first) return rows.length
      const [counted] = await read.$queryRaw<{ count: bigint }[]>`
        WITH member AS (${member}) SELECT COUNT(*) AS count FROM (SELECT DISTINCT ${keys} FROM member)`
      return Number(counted?.count ?? 0)
    },
    ranking: async () => {
      const [main] = request.orderBy ?? []
      const key = main && 'name' in main && main.figure !== 'STANDARD_DEVIATION' ? wanted.find(({ name }) => name === main.name) : undefined
      return key ? readRanking(read, scope, key) : null
    },
  }
}

/** What a filter and a group ask for by queries, as one text. */
function asText({ query, keys }: RunScope, narrowing: readonly RunQuery[]): Pick<RunFilter, 'text' | 'query'> {
  const parts = [...('and' in query ? query.and : [query]), ...narrowing]
  const [only] = parts
  return { query: null, text: only === undefined ? null : printQuery(parts.length === 1 ? only : { and: parts }, keys) }
}

/** Selects the runs that match, each with its keys, the numbers that are asked for, and what decides whether these can be ranked. */
function membersOf({ condition }: RunScope, by: readonly LabKey[], aggregate: readonly LabKey[]): Prisma.Sql {
  const measured = aggregate.map((key, index) => valueColumns(key, `measured${index}`))
  const values = measured.map(({ number }, index) => Prisma.sql`${number} AS ${Prisma.raw(`value${index}`)}`)
  const joins = [Prisma.empty, ...by.map(joinKey), ...measured.map(({ join }) => join)]
  const compared = selectFacets(aggregate.map(({ ranked }) => ranked))
  return Prisma.sql`SELECT ${Prisma.join([Prisma.sql`run.number AS number`, ...compared, ...by.map(selectKey), ...values])}
    FROM Run AS run ${Prisma.join(joins, ' ')} WHERE ${condition}`
}
