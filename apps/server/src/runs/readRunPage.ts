import { Prisma, type PrismaClient, type Run } from '../generated/prisma/client.js'
import { newestSeq } from './newestSeq.js'
import { following, orderBy } from './query/sortPlaces.js'
import { type Ranking, readRanking } from './readRanking.js'
import { type ListPlace, listPlaceOf, readCursor, writeCursor } from './runCursor.js'
import type { RunScope } from './runFilter.js'
import { type ReadList, type RunList, readList, selectListed } from './runList.js'

export interface RunPageRequest extends RunList {
  readonly first: number
  /** Cursor of the run before the page. */
  readonly after: string | undefined
}

export interface RunPage {
  readonly edges: readonly { readonly cursor: string; readonly node: Run }[]
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  /** Newest event of the lab before the page was read: whoever follows from there on misses nothing. */
  readonly lastSeq: number
  /** Counts the runs that match, whatever the page. */
  readonly count: () => Promise<number>
  /** Whether the runs that match can be ranked by what they are ordered by first; null where that is no metric. */
  readonly ranking: () => Promise<Ranking | null>
}

/**
 * Reads one page of runs with a constant number of statements. Runs without the value that is ordered by come last in either direction. Throws
 * BAD_USER_INPUT for names that no run has values by, and for a cursor of another order.
 */
export async function readRunPage(read: PrismaClient, request: RunPageRequest): Promise<RunPage> {
  const { first, after } = request
  const list = await readList(read, request)
  const { scope, orders } = list
  const lastSeq = await newestSeq(read)
  const place = after === undefined ? undefined : readCursor(orders, after)
  const rows = await read.$queryRaw<Readonly<Record<string, unknown>>[]>(pageSql(list, { first, place }))
  const places = rows.map((row) => listPlaceOf(row, orders))
  const numbers = places.map(({ number }) => number)
  const runs = new Map((await read.run.findMany({ where: { number: { in: numbers } } })).map((run) => [run.number, run]))
  const edges = places.slice(0, first).flatMap((each) => {
    // A run may have been deleted between the two statements.
    const node = runs.get(each.number)
    return node ? [{ cursor: writeCursor(orders, each), node }] : []
  })
  const [main] = orders
  return {
    edges,
    hasNextPage: places.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
    lastSeq,
    count: () => countRuns(read, scope),
    ranking: async () => (main ? readRanking(read, scope, main.key) : null),
  }
}

/** Counts the runs of a scope. */
async function countRuns(read: Pick<PrismaClient, '$queryRaw'>, { condition }: RunScope): Promise<number> {
  const [counted] = await read.$queryRaw<{ count: bigint }[]>`SELECT COUNT(*) AS count FROM Run AS run WHERE ${condition}`
  return Number(counted?.count ?? 0)
}

function pageSql(list: ReadList, { first, place }: { readonly first: number; readonly place: ListPlace | undefined }): Prisma.Sql {
  const { orders, sorts } = list
  const isDescending = orders.at(-1)?.isDescending ?? true
  const behind = place ? following(sorts, place.places, { isDescending, number: place.number }) : Prisma.sql`TRUE`
  return Prisma.sql`
    SELECT * FROM (${selectListed(list)}) WHERE ${behind}
    ORDER BY ${orderBy(sorts)}, number ${isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${first + 1}`
}
