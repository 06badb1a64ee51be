import { z } from 'zod'
import { Prisma, type PrismaClient, type Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { newestSeq } from './newestSeq.js'
import { valueColumns } from './query/keyColumns.js'
import type { LabKey } from './query/LabKey.js'
import { type LabKeys, valueKey } from './query/readKeyBook.js'
import { following, orderBy, placeOf, type SortColumn, type SortPlace, selectPlace } from './query/sortPlaces.js'
import { type Ranking, readRanking } from './readRanking.js'
import { requireValueNames } from './requireValueNames.js'
import { type RunFilter, type RunScope, readScope } from './runFilter.js'

export const runOrderFields = ['CREATED_AT', 'NAME', 'STATUS', 'VALIDATION_LOSS'] as const
export type RunOrderField = (typeof runOrderFields)[number]

/** What runs are ordered by: one of the fields that all runs have, a value by its name, or any key. */
export type RunOrder = ({ readonly field: RunOrderField } | { readonly value: string } | { readonly key: string }) & {
  readonly direction: 'ASC' | 'DESC'
}

export interface RunPageRequest {
  readonly first: number
  /** Cursor of the run before the page. */
  readonly after: string | undefined
  readonly filter: RunFilter
  /** The first counts most; the number of a run, in the direction of the last, breaks ties. */
  readonly orderBy: readonly RunOrder[]
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

/** Place of a run in an order; its number breaks ties, so that a page ends at an exact place. */
interface Place {
  readonly places: readonly SortPlace[]
  readonly number: number
}

const fieldNames = { CREATED_AT: 'number', NAME: 'name', STATUS: 'status', VALIDATION_LOSS: 'metric.validationLoss' } as const

/**
 * Reads one page of runs with a constant number of statements. Runs without the value that is ordered by come last in either direction. Throws
 * BAD_USER_INPUT for names that no run has values by, and for a cursor of another order.
 */
export async function readRunPage(read: PrismaClient, request: RunPageRequest): Promise<RunPage> {
  const { first, after, filter } = request
  const values = request.orderBy.flatMap((order) => ('value' in order ? [order.value] : []))
  const scope = await readScope(read, filter)
  requireValueNames(scope.keys, values, 'orderBy.value')
  const lastSeq = await newestSeq(read)
  const orders = request.orderBy.map((order) => ({ key: keyOf(order, scope.keys), isDescending: order.direction === 'DESC' }))
  const names = orders.map(({ key }) => key.name)
  const place = after === undefined ? undefined : readCursor(names, after)
  const rows = await read.$queryRaw<Readonly<Record<string, unknown>>[]>(placesSql(scope, orders, { first, place }))
  const places = rows.map((row) => ({ number: Number(row.number), places: orders.map((_, index) => placeOf(row, index)) }))
  const numbers = places.map(({ number }) => number)
  const runs = new Map((await read.run.findMany({ where: { number: { in: numbers } } })).map((run) => [run.number, run]))
  const edges = places.slice(0, first).flatMap((each) => {
    // A run may have been deleted between the two statements.
    const node = runs.get(each.number)
    return node ? [{ cursor: writeCursor(names, each), node }] : []
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

interface Order {
  readonly key: LabKey
  readonly isDescending: boolean
}

function placesSql(
  { condition }: RunScope,
  orders: readonly Order[],
  { first, place }: { readonly first: number; readonly place: Place | undefined },
): Prisma.Sql {
  const sorts: SortColumn[] = orders.map(({ key, isDescending }, index) => ({ columns: valueColumns(key, `sorted${index}`), isDescending }))
  const selected = Prisma.join([Prisma.sql`run.number AS number`, ...sorts.map(selectPlace)])
  const joins = Prisma.join([Prisma.empty, ...sorts.map(({ columns }) => columns.join)], ' ')
  const isDescending = orders.at(-1)?.isDescending ?? true
  const behind = place ? following(sorts, place.places, { isDescending, number: place.number }) : Prisma.sql`TRUE`
  return Prisma.sql`
    SELECT * FROM (SELECT ${selected} FROM Run AS run ${joins} WHERE ${condition}) WHERE ${behind}
    ORDER BY ${orderBy(sorts)}, number ${isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`} LIMIT ${first + 1}`
}

function keyOf(order: RunOrder, keys: LabKeys): LabKey {
  if ('key' in order) return keys.require(order.key, 'orderBy.key')
  return valueKey('field' in order ? fieldNames[order.field] : order.value, keys)
}

function writeCursor(names: readonly string[], { places, number }: Place): string {
  return Buffer.from(JSON.stringify(['RUN', names, places, number])).toString('base64url')
}

/** Far more than a cursor of {@link Place} with long names is made of. */
const MAXIMUM_CURSOR_LENGTH = 16_384

const cursorSchema = z.tuple([z.literal('RUN'), z.array(z.string()), z.array(z.tuple([z.int(), z.number(), z.string()])), z.int()])

function readCursor(names: readonly string[], cursor: string): Place {
  try {
    if (cursor.length > MAXIMUM_CURSOR_LENGTH) throw new RangeError('longer than any cursor')
    const [, cursorNames, places, number] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (JSON.stringify(cursorNames) === JSON.stringify(names) && places.length === names.length) return { places, number }
  } catch {
    // Reported below, together with a cursor of another order.
  }
  throw new HourglassError(
    errorCodes.badUserInput,
    `after: expected a cursor of a page ordered by ${names.join(', ')}, got ${JSON.stringify(cursor.slice(0, 80))}.`,
  )
}
