import type { Axis } from '@hourglass/protocol'
import type { Transaction } from '../../database/Database.js'
import { giveTurn } from '../../database/giveTurn.js'
import type { SeriesPoint } from '../../database/SeriesPoint.js'
import { encodeChunk, readChunk } from '../../database/seriesChunk.js'
import type { PrismaClient, SeriesChunk } from '../../generated/prisma/client.js'
import { errorCodes, HourglassError } from '../../HourglassError.js'

export interface SeriesKey {
  readonly runNumber: number
  readonly axis: Axis
}

export interface SeriesRange extends SeriesKey {
  /** Points behind this place alone. @default all */
  readonly after?: number | undefined
  /** Points up to this place alone. @default all */
  readonly upTo?: number | undefined
}

/** Points of one chunk: the last one is written anew with every point, so that it must stay small. */
const POINTS = 128

/**
 * Appends points behind those that are there, in the caller's transaction; values of the last place that is there join it. A chunk that cannot be read stays
 * as it is, and points behind it go into another. Returns where the last chunk begins. Throws VALUES_OUT_OF_ORDER where a point lies before the last place.
 */
export async function appendSeries(
  transaction: Transaction,
  { runNumber, axis }: SeriesKey,
  points: readonly SeriesPoint[],
): Promise<number> {
  const open = await transaction.seriesChunk.findFirst({ where: { runNumber, axis }, orderBy: { first: 'desc' } })
  const read = open ? readChunk(open.data) : { value: [] }
  const kept = 'value' in read ? read.value : []
  const next = points[0]?.at ?? 0
  if (open && 'problem' in read && next <= open.last) throw outOfOrder(axis, open.last + 1, next)
  const isKept = open !== null && ('problem' in read || kept.length >= POINTS) && next > open.last
  const rest = joinPoints(axis, isKept ? points : [...kept, ...points])
  let first = open?.first ?? 0
  // A first point that joins none before it may lie before the chunk that is written anew.
  if (open && !isKept && rest[0]?.at !== open.first) {
    await transaction.seriesChunk.delete({ where: { runNumber_axis_first: { runNumber, axis, first: open.first } } })
  }
  for (let start = 0; start < rest.length; start += POINTS) {
    const chunk = rest.slice(start, start + POINTS)
    first = chunk[0]?.at ?? 0
    // In one statement, since every point of every run comes this way.
    await transaction.$executeRaw`INSERT OR REPLACE INTO "SeriesChunk" ("runNumber", "axis", "first", "last", "data")
      VALUES (${runNumber}, ${axis}, ${first}, ${chunk.at(-1)?.at ?? first}, ${encodeChunk(chunk)})`
  }
  return first
}

/** Joins points of one place; throws where they are in no ascending order. */
function joinPoints(axis: Axis, points: readonly SeriesPoint[]): readonly SeriesPoint[] {
  const joined: SeriesPoint[] = []
  for (const point of points) {
    const last = joined.at(-1)
    if (last && point.at < last.at) throw outOfOrder(axis, last.at, point.at)
    if (last?.at === point.at) joined[joined.length - 1] = { at: point.at, values: { ...last.values, ...point.values } }
    else joined.push(point)
  }
  return joined
}

function outOfOrder(axis: Axis, from: number, got: number): HourglassError {
  return new HourglassError(
    errorCodes.valuesOutOfOrder,
    `${axis}: expected one from ${from} on, got ${got}. Values are logged in ascending order; what is stored is never changed.`,
  )
}

/** Points of a range, and what of it cannot be read; null where all can. */
export interface ReadStretch {
  readonly points: readonly SeriesPoint[]
  readonly problem: string | null
}

/** Reads points of several runs in the order of their places, with one statement; a list for each range. Lacks what cannot be read. */
export async function readSeries(
  read: Pick<Transaction, 'seriesChunk'>,
  ranges: readonly SeriesRange[],
): Promise<readonly (readonly SeriesPoint[])[]> {
  const chunks = await readChunks(read, ranges)
  return stretchesOf(ranges, chunks.map(decode)).map(({ points }) => points)
}

/** Reads as {@link readSeries} does, lets others have their turn while it decodes, and tells of each range what of it cannot be read. Not for transactions. */
export async function readStretches(
  read: Pick<Transaction, 'seriesChunk'>,
  ranges: readonly SeriesRange[],
): Promise<readonly ReadStretch[]> {
  const decoded: DecodedChunk[] = []
  for (const chunk of await readChunks(read, ranges)) {
    await giveTurn()
    decoded.push(decode(chunk))
  }
  return stretchesOf(ranges, decoded)
}

interface DecodedChunk {
  readonly chunk: SeriesChunk
  readonly read: ReturnType<typeof readChunk>
}

const decode = (chunk: SeriesChunk): DecodedChunk => ({ chunk, read: readChunk(chunk.data) })

async function readChunks(read: Pick<Transaction, 'seriesChunk'>, ranges: readonly SeriesRange[]): Promise<readonly SeriesChunk[]> {
  if (ranges.length === 0) return []
  return read.seriesChunk.findMany({
    where: {
      OR: ranges.map(({ runNumber, axis, after, upTo }) => ({
        runNumber,
        axis,
        ...(after === undefined ? {} : { last: { gt: after } }),
        ...(upTo === undefined ? {} : { first: { lte: upTo } }),
      })),
    },
    orderBy: [{ runNumber: 'asc' }, { first: 'asc' }],
  })
}

function stretchesOf(ranges: readonly SeriesRange[], decoded: readonly DecodedChunk[]): readonly ReadStretch[] {
  return ranges.map(({ runNumber, axis, after = -1, upTo = Number.POSITIVE_INFINITY }) => {
    const own = decoded.filter(({ chunk }) => chunk.runNumber === runNumber && chunk.axis === axis)
    return {
      points: own.flatMap(({ read }) => ('value' in read ? read.value.filter(({ at }) => at > after && at <= upTo) : [])),
      problem: own.map(({ chunk, read }) => problemOf(chunk, read)).find((problem) => problem !== null) ?? null,
    }
  })
}

function problemOf({ axis, first, last }: Pick<SeriesChunk, 'axis' | 'first' | 'last'>, read: ReturnType<typeof readChunk>): string | null {
  const stretch = first === last ? `${axis} ${first}` : `${axis}s ${first} to ${last}`
  return 'problem' in read ? `values of ${stretch}: ${read.problem}` : null
}

/** Says of each of some runs what of its series cannot be read; null where all can. A run is read after the other, and others have their turn between its parts. */
export async function seriesProblems(read: Pick<PrismaClient, 'seriesChunk'>, runNumbers: readonly number[]): Promise<(string | null)[]> {
  const problems: (string | null)[] = []
  for (const runNumber of runNumbers) problems.push(await seriesProblem(read, runNumber))
  return problems
}

async function seriesProblem(read: Pick<PrismaClient, 'seriesChunk'>, runNumber: number): Promise<string | null> {
  const chunks = await read.seriesChunk.findMany({ where: { runNumber }, orderBy: [{ axis: 'asc' }, { first: 'asc' }] })
  for (const chunk of chunks) {
    await giveTurn()
    const problem = problemOf(chunk, readChunk(chunk.data))
    if (problem !== null) return problem
  }
  return null
}
