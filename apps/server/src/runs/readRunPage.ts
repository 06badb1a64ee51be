import { z } from 'zod'
import { escapeLike } from '../database/likePattern.js'
import { type Prisma, type PrismaClient, type Run, RunStatus } from '../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../HourglassError.js'

export const runOrderFields = ['CREATED_AT', 'NAME', 'STATUS', 'VALIDATION_LOSS'] as const
export type RunOrderField = (typeof runOrderFields)[number]

/** The column that each order sorts by; the run's number breaks ties, so that a page ends at an exact place. */
const orderColumns = {
  CREATED_AT: 'number',
  NAME: 'name',
  STATUS: 'status',
  VALIDATION_LOSS: 'validationLoss',
} as const satisfies Record<RunOrderField, keyof Run>

export interface RunPageRequest {
  readonly first: number
  /** Cursor of the run before the page. */
  readonly after: string | undefined
  readonly filter: {
    readonly status: readonly RunStatus[] | undefined
    readonly dataset: readonly string[] | undefined
    readonly search: string | undefined
  }
  readonly field: RunOrderField
  readonly direction: 'ASC' | 'DESC'
}

export interface RunPage {
  readonly edges: readonly { readonly cursor: string; readonly node: Run }[]
  readonly hasNextPage: boolean
  readonly endCursor: string | null
  /** Counts the runs that match, whatever the page. */
  readonly count: () => Promise<number>
}

type Place = { readonly value: string | number | null; readonly number: number }

/** Reads one page of runs. Runs without a loss come last in either direction. Throws BAD_USER_INPUT for a cursor of another order. */
export async function readRunPage(read: PrismaClient, request: RunPageRequest): Promise<RunPage> {
  const { first, after, field, direction } = request
  const where = matching(request.filter)
  const place = after === undefined ? undefined : readCursor(field, after)
  const rows = await read.run.findMany({
    where: place ? { AND: [where, following(request, place)] } : where,
    orderBy: ordering(field, direction),
    take: first + 1,
  })
  const edges = rows.slice(0, first).map((node) => ({ cursor: writeCursor(field, node), node }))
  return {
    edges,
    hasNextPage: rows.length > first,
    endCursor: edges.at(-1)?.cursor ?? null,
    count: () => read.run.count({ where }),
  }
}

function matching({ status, dataset, search }: RunPageRequest['filter']): Prisma.RunWhereInput {
  return {
    ...(status ? { status: { in: [...status] } } : {}),
    ...(dataset ? { dataset: { in: [...dataset] } } : {}),
    ...(search?.trim() ? { name: { contains: escapeLike(search.trim()) } } : {}),
  }
}

function ordering(field: RunOrderField, direction: 'ASC' | 'DESC'): Prisma.RunOrderByWithRelationInput[] {
  const sort = direction === 'ASC' ? 'asc' : 'desc'
  const column = orderColumns[field]
  if (column === 'number') return [{ number: sort }]
  return [column === 'validationLoss' ? { validationLoss: { sort, nulls: 'last' } } : { [column]: sort }, { number: sort }]
}

/** The runs behind a place in the order. */
function following({ field, direction }: RunPageRequest, { value, number }: Place): Prisma.RunWhereInput {
  const beyond = direction === 'ASC' ? 'gt' : 'lt'
  const column = orderColumns[field]
  if (column === 'number') return { number: { [beyond]: number } }
  const sameValue = { [column]: value, number: { [beyond]: number } }
  if (value === null) return sameValue
  if (column === 'status') {
    // Prisma compares no enums; SQLite keeps them as text and sorts them so.
    const further = Object.values(RunStatus).filter((status) => (direction === 'ASC' ? status > value : status < value))
    return { OR: [sameValue, { status: { in: further } }] }
  }
  const further: Prisma.RunWhereInput[] = [sameValue, { [column]: { [beyond]: value } }]
  return { OR: column === 'validationLoss' ? [...further, { validationLoss: null }] : further }
}

function writeCursor(field: RunOrderField, run: Run): string {
  return Buffer.from(JSON.stringify([field, run[orderColumns[field]], run.number])).toString('base64url')
}

const cursorSchema = z.tuple([z.enum(runOrderFields), z.union([z.string(), z.number(), z.null()]), z.int()])

function readCursor(field: RunOrderField, cursor: string): Place {
  try {
    const [cursorField, value, number] = cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    if (cursorField === field) return { value, number }
  } catch {
    // Reported below, together with a cursor of another order.
  }
  throw new HourglassError(
    errorCodes.badUserInput,
    `after: expected a cursor of a page ordered by ${field}, got ${JSON.stringify(cursor.slice(0, 80))}.`,
  )
}
