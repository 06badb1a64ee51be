import { Prisma, type PrismaClient } from '../../generated/prisma/client.js'
import { newestSeq } from '../newestSeq.js'
import { requireFilterNames, requireValueNames } from '../requireValueNames.js'
import { type RunFilter, runCondition } from '../runFilter.js'
import { betterOf } from './betterOf.js'
import { readGroupCursor, writeGroupCursor } from './groupCursor.js'
import { columnsOfKey, joinKey, joinValue, narrowFilter, placeOf, type RunGroupKey, selectKey, sharedValue } from './groupKeys.js'
import type { RunGroup } from './RunGroup.js'
import { readSpread, type SpreadRow, spreadColumns } from './spreadColumns.js'

export interface RunGroupsRequest {
  readonly by: readonly RunGroupKey[]
  readonly filter: RunFilter
  /** Names of values whose spread in each group is computed. */
  readonly aggregate: readonly string[]
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
}

/**
 * Groups runs by what they have in common, in one statement for any number of runs: groups with numbers come first, ascending, then those with texts, then
 * runs without the value. Throws BAD_USER_INPUT for names that no run has values by, and for a cursor of other groups.
 */
export async function readRunGroups(read: PrismaClient, request: RunGroupsRequest): Promise<RunGroupPage> {
  const { by, filter, aggregate, first, after } = request
  const place = after === undefined ? undefined : readGroupCursor(by, after)
  const names = by.flatMap((key) => ('value' in key ? key.value : []))
  await requireValueNames(read, names, 'by')
  await requireValueNames(read, aggregate, 'aggregate')
  await requireFilterNames(read, filter)
  const lastSeq = await newestSeq(read)
  const wanted = aggregate.map((name) => ({ name, better: betterOf(name) }))
  const spreads = wanted.map(({ better }, index) => spreadColumns(index, better))
  const keys = Prisma.join(by.flatMap((_, index) => columnsOfKey(index)))
  const member = membersOf(request)
  const behind = place ? Prisma.sql`WHERE (${keys}) > (${Prisma.join(place.flat())})` : Prisma.empty
  const rows = await read.$queryRaw<SpreadRow[]>`
    WITH member AS (${member}), described AS (
      SELECT ${Prisma.join([Prisma.sql`*`, ...spreads.map(({ windowed }) => windowed)])} FROM member ${behind} WINDOW shared AS (PARTITION BY ${keys})
    )
    SELECT ${Prisma.join([keys, Prisma.sql`COUNT(*) AS count`, ...spreads.map(({ grouped }) => grouped)])}
    FROM described GROUP BY ${keys} ORDER BY ${keys} LIMIT ${first + 1}`
  const edges = rows.slice(0, first).map((row) => {
    const places = by.map((_, index) => placeOf(row, index))
    const shared = places.map(sharedValue)
    const node: RunGroup = {
      by,
      shared,
      count: Number(row.count),
      spreads: wanted.map((value, index) => readSpread(row, index, value)),
      filter: narrowFilter(filter, by, shared),
    }
    return { cursor: writeGroupCursor(by, places), node }
  })
  return {
    edges,
    hasNextPage: rows.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
    lastSeq,
    count: async () => {
      const [counted] = await read.$queryRaw<{ count: bigint }[]>`
        WITH member AS (${member}) SELECT COUNT(*) AS count FROM (SELECT DISTINCT ${keys} FROM member)`
      return Number(counted?.count ?? 0)
    },
  }
}

/** Selects the runs that match, each with its keys and the numbers that are asked for. */
function membersOf({ by, filter, aggregate }: RunGroupsRequest): Prisma.Sql {
  const values = aggregate.map((_, index) => Prisma.raw(`measured${index}.number AS value${index}`))
  const joins = [...by.map(joinKey), ...aggregate.map((name, index) => joinValue(name, `measured${index}`))]
  return Prisma.sql`SELECT ${Prisma.join([Prisma.sql`run.number AS number`, ...by.map(selectKey), ...values])}
    FROM Run AS run ${Prisma.join(joins, ' ')} WHERE ${runCondition(filter)}`
}
