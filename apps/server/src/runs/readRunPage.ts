import { z } from 'zod'
import { Prisma, type PrismaClient, type Run } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { newestSeq } from './newestSeq.js'
import { requireFilterNames, requireValueNames } from './requireValueNames.js'
import { type RunFilter, runCondition } from './runFilter.js'

export const runOrderFields = ['CREATED_AT', 'NAME', 'STATUS', 'VALIDATION_LOSS'] as const
export type RunOrderField = (typeof runOrderFields)[number]

/** What runs are ordered by: one of the fields that all runs have, or a value by its name. */
export type RunOrderBy = { readonly field: RunOrderField } | { readonly value: string }

export interface RunPageRequest {
  readonly first: number
  /** Cursor of the run before the page. */
  readonly after: string | undefined
  readonly filter: RunFilter
  readonly orderBy: RunOrderBy
  readonly direction: 'ASC' | 'DESC'
}

export interface RunPage {
  readonly edges: readonly { readonly cursor: string; readonly node: Run }[]
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  /** Newest event of the lab before the page was read: whoever follows from there on misses nothing. */
  readonly lastSeq: number
  /** Counts the runs that match, whatever the page. */
  readonly count: () => Promise<number>
}

/** Place of a run in an order; its number breaks ties, so that a page ends at an exact place. */
interface Place {
  readonly number: number
  readonly sortNumber: number | null
  readonly sortText: string | null
}

const columns = {
  CREATED_AT: Prisma.sql`run.number`,
  NAME: Prisma.sql`run.name`,
  STATUS: Prisma.sql`run.status`,
} as const

/**
 * Reads one page of runs with a constant number of statements. Runs without the value that is ordered by come last in either direction. Throws
 * BAD_USER_INPUT for names that no run has values by, and for a cursor of another order.
 */
export async function readRunPage(read: PrismaClient, request: RunPageRequest): Promise<RunPage> {
  const { first, after, orderBy, direction } = request
  const order = nameOf(orderBy)
  const place = after === undefined ? undefined : readCursor(order, after)
  if ('value' in orderBy) await requireValueNames(read, [orderBy.value], 'orderBy.value')
  await requireFilterNames(read, request.filter)
  const lastSeq = await newestSeq(read)
  const matching = runCondition(request.filter)
  const { joined, sortNumber, sortText } = orderingOf(orderBy)
  const by = direction === 'ASC' ? Prisma.sql`ASC` : Prisma.sql`DESC`
  const places = await read.$queryRaw<{ number: bigint; sortNumber: number | null; sortText: string | null }[]>`
    SELECT * FROM (
      SELECT run.number AS number, ${sortNumber} AS sortNumber, ${sortText} AS sortText FROM Run AS run ${joined} WHERE ${matching}
    ) WHERE ${place ? following(place, direction) : Prisma.sql`TRUE`}
    ORDER BY sortNumber IS NULL AND sortText IS NULL, sortNumber ${by}, sortText ${by}, number ${by} LIMIT ${first + 1}`
  const numbers = places.map(({ number }) => Number(number))
  const rows = new Map((await read.run.findMany({ where: { number: { in: numbers } } })).map((run) => [run.number, run]))
  const edges = places.slice(0, first).flatMap((each) => {
    // A run may have been deleted between the two statements.
    const node = rows.get(Number(each.number))
    return node ? [{ cursor: writeCursor(order, { ...each, number: node.number }), node }] : []
  })
  return {
    edges,
    hasNextPage: places.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
    lastSeq,
    count: async () => {
      const [counted] = await read.$queryRaw<{ count: bigint }[]>`SELECT COUNT(*) AS count FROM Run AS run WHERE ${matching}`
      return Number(counted?.count ?? 0)
    },
  }
}

function orderingOf(orderBy: RunOrderBy): { readonly joined: Prisma.Sql; readonly sortNumber: Prisma.Sql; readonly sortText: Prisma.Sql } {
  const none = Prisma.sql`NULL`
  if ('field' in orderBy && orderBy.field !== 'VALIDATION_LOSS') {
    const column = columns[orderBy.field]
    const isNumber = orderBy.field === 'CREATED_AT'
    return { joined: Prisma.empty, sortNumber: isNumber ? column : none, sortText: isNumber ? none : column }
  }
  const name = 'field' in orderBy ? 'metric.validationLoss' : orderBy.value
  return {
    joined: Prisma.sql`LEFT JOIN RunValue AS value ON value.runNumber = run.number
      AND value.keyId = (SELECT id FROM ValueKey WHERE name = ${name})`,
    sortNumber: Prisma.sql`value.number`,
    sortText: Prisma.sql`value.text`,
  }
}

/** The runs behind a place in the order: ascending, texts, then numbers; descending, numbers, then texts; then those with neither. */
function following({ sortNumber, sortText, number }: Place, direction: 'ASC' | 'DESC'): Prisma.Sql {
  const beyond = direction === 'ASC' ? Prisma.sql`>` : Prisma.sql`<`
  const none = Prisma.sql`(sortNumber IS NULL AND sortText IS NULL)`
  if (sortNumber === null && sortText === null) return Prisma.sql`(${none} AND number ${beyond} ${number})`
  if (sortNumber !== null) {
    // NULL sorts before numbers: texts come before them going up and after them going down.
    const texts = direction === 'ASC' ? Prisma.sql`FALSE` : Prisma.sql`(sortNumber IS NULL AND sortText IS NOT NULL)`
    return Prisma.sql`(sortNumber ${beyond} ${sortNumber} OR (sortNumber = ${sortNumber} AND number ${beyond} ${number}) OR ${texts} OR ${none})`
  }
  const numbers = direction === 'ASC' ? Prisma.sql`sortNumber IS NOT NULL` : Prisma.sql`FALSE`
  const texts = Prisma.sql`(sortNumber IS NULL AND (sortText ${beyond} ${sortText} OR (sortText = ${sortText} AND number ${beyond} ${number})))`
  return Prisma.sql`(${texts} OR ${numbers} OR ${none})`
}

function nameOf(orderBy: RunOrderBy): string {
  return 'field' in orderBy ? orderBy.field : orderBy.value
}

function writeCursor(order: string, { sortNumber, sortText, number }: Place): string {
  return Buffer.from(JSON.stringify([order, sortNumber === null ? null : Number(sortNumber), sortText, number])).toString('base64url')
}

const cursorSchema = z.tuple([z.string(), z.number().nullable(), z.string().nullable(), z.int()])

function readCursor(order: string, cursor: string): Place {
  try {
    const [cursorOrder, sortNumber, sortText, number] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (cursorOrder === order) return { sortNumber, sortText, number }
  } catch {
    // Reported below, together with a cursor of another order.
  }
  throw new HourglassError(
    errorCodes.badUserInput,
    `after: expected a cursor of a page ordered by ${order}, got ${JSON.stringify(cursor.slice(0, 80))}.`,
  )
}
