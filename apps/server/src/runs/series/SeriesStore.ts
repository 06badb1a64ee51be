import type { Axis } from '@hourglass/protocol'
import type { Transaction } from '../../database/Database.js'
import type { SeriesPoint } from '../../database/SeriesPoint.js'
import { decodeChunk, encodeChunk } from '../../database/seriesChunk.js'

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
 * Appends points behind those that are there, in the caller's transaction; values of the last place that is there join it. Throws where a point lies
 * before it.
 */
export async function appendSeries(
  transaction: Transaction,
  { runNumber, axis }: SeriesKey,
  points: readonly SeriesPoint[],
): Promise<void> {
  const open = await transaction.seriesChunk.findFirst({ where: { runNumber, axis }, orderBy: { first: 'desc' } })
  const kept = open ? decodeChunk(open.data) : []
  const isKept = open !== null && kept.length >= POINTS && (points[0]?.at ?? 0) > open.last
  const rest = joinPoints(axis, isKept ? points : [...kept, ...points])
  if (open && !isKept) await transaction.seriesChunk.delete({ where: { runNumber_axis_first: { runNumber, axis, first: open.first } } })
  for (let start = 0; start < rest.length; start += POINTS) {
    const chunk = rest.slice(start, start + POINTS)
    const first = chunk[0]?.at ?? 0
    await transaction.seriesChunk.create({
      data: { runNumber, axis, first, last: chunk.at(-1)?.at ?? first, data: encodeChunk(chunk) },
    })
  }
}

/** Joins points of one place; throws where they are in no ascending order. */
function joinPoints(axis: Axis, points: readonly SeriesPoint[]): readonly SeriesPoint[] {
  const joined: SeriesPoint[] = []
  for (const point of points) {
    const last = joined.at(-1)
    if (last && point.at < last.at) throw new RangeError(`${axis}: expected one from ${last.at} on, got ${point.at}`)
    if (last?.at === point.at) joined[joined.length - 1] = { at: point.at, values: { ...last.values, ...point.values } }
    else joined.push(point)
  }
  return joined
}

/** Reads points of several runs in the order of their places, with one statement; a list for each range. */
export async function readSeries(
  read: Pick<Transaction, 'seriesChunk'>,
  ranges: readonly SeriesRange[],
): Promise<readonly SeriesPoint[][]> {
  if (ranges.length === 0) return []
  const chunks = await read.seriesChunk.findMany({
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
  const decoded = chunks.map(({ runNumber, axis, data }) => ({ runNumber, axis, points: decodeChunk(data) }))
  return ranges.map(({ runNumber, axis, after = -1, upTo = Number.POSITIVE_INFINITY }) =>
    decoded
      .filter((chunk) => chunk.runNumber === runNumber && chunk.axis === axis)
      .flatMap(({ points }) => points.filter(({ at }) => at > after && at <= upTo)),
  )
}
