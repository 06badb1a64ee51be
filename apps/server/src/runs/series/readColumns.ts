import type { PrismaClient } from '../../generated/prisma/client.js'
import { downsample } from './downsample.js'
import { readStretches, type SeriesRange } from './SeriesStore.js'

/** A stretch of a series, laid out by name. */
export interface SeriesColumns {
  /** Epochs or steps, ascending. */
  readonly at: readonly number[]
  /** As many values as places; NaN where nothing was measured. */
  readonly columns: readonly { readonly name: string; readonly values: readonly number[] }[]
}

export interface ReadColumnsOptions {
  /** @default all */
  readonly names?: readonly string[] | undefined
  /** About so many places, see {@link downsample}. @default all */
  readonly maxPoints?: number | undefined
}

/** Reads a stretch of what a run measured. */
export async function readColumns(
  read: PrismaClient,
  range: SeriesRange,
  { names, maxPoints }: ReadColumnsOptions,
): Promise<SeriesColumns> {
  const [{ points } = { points: [] }] = await readStretches(read, [range])
  const chosen = names && new Set(names)
  const wanted = chosen
    ? points.map(({ at, values }) => ({ at, values: Object.fromEntries(Object.entries(values).filter(([name]) => chosen.has(name))) }))
    : points
  const kept = maxPoints === undefined ? wanted : downsample(wanted, maxPoints)
  const found = new Set(kept.flatMap(({ values }) => Object.keys(values)))
  return {
    at: kept.map(({ at }) => at),
    columns: [...found].map((name) => ({ name, values: kept.map(({ values }) => values[name] ?? Number.NaN) })),
  }
}
