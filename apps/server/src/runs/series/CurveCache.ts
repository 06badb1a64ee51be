import { LRUCache } from 'lru-cache'
import { giveTurn } from '../../database/giveTurn.js'
import type { SeriesPoint } from '../../database/SeriesPoint.js'
import type { PrismaClient } from '../../generated/prisma/client.js'
import { groupBy } from '../../groupBy.js'
import { downsample } from './downsample.js'
import { type ReadStretch, readStretches } from './SeriesStore.js'

export interface CurveKey {
  readonly runNumber: number
  /** Epochs that the run has stored; a curve of so many never changes. */
  readonly epochsCompleted: number
  /** What these epochs took together, in seconds; undefined where that is not known. */
  readonly totalSeconds?: number | undefined
  /** About so many epochs, see {@link downsample}; null for all. */
  readonly maxPoints: number | null
  /** Epochs behind this one alone. */
  readonly after: number
}

/** Epochs kept in all, some 10 MB. */
const MAXIMUM_EPOCHS_KEPT = 50_000
/** Epochs that are read at a time: all of a run are in memory then, however few are wanted. */
const MOST_AT_ONCE = 100_000
/** Epochs of one curve that is kept: tables read short curves again at every step of every run, long ones are read once. */
const MAXIMUM_CURVE = 1_000

/** Loads the curves of runs, and reads one again only when its run has a new epoch. */
export class CurveCache {
  readonly #read: PrismaClient
  readonly #curves = new LRUCache<string, ReadStretch>({
    maxSize: MAXIMUM_EPOCHS_KEPT,
    maxEntrySize: MAXIMUM_CURVE,
    sizeCalculation: ({ points }) => points.length + 1,
  })

  constructor(read: PrismaClient) {
    this.#read = read
  }

  async load(keys: readonly CurveKey[]): Promise<ReadStretch[]> {
    const kept = keys.map((key) => (key.epochsCompleted === 0 ? nothing : this.#curves.get(nameOf(key))))
    const curves = new Map<string, ReadStretch>()
    for (const some of portionsOf(keys.filter((_, index) => kept[index] === undefined))) {
      const stretches = await this.#readOnce(some)
      for (const key of some) {
        await giveTurn()
        const { points, problem } = stretches.get(stretchOf(key)) ?? nothing
        const chosen = key.maxPoints === null ? points : downsample(points, key.maxPoints)
        const curve = { points: withElapsed(chosen, points, key.totalSeconds), problem }
        this.#curves.set(nameOf(key), curve)
        curves.set(nameOf(key), curve)
      }
    }
    return keys.map((key, index) => kept[index] ?? curves.get(nameOf(key)) ?? nothing)
  }

  /** Reads each stretch once, of however many points it is wanted. */
  async #readOnce(keys: readonly CurveKey[]): Promise<ReadonlyMap<string, ReadStretch>> {
    const wanted = [...new Map(keys.map((key) => [stretchOf(key), key]))]
    const ranges = wanted.map(([, { runNumber, after, epochsCompleted }]) => ({
      runNumber,
      axis: 'epoch' as const,
      after,
      upTo: epochsCompleted,
    }))
    const read = await readStretches(this.#read, ranges)
    return new Map(wanted.map(([name], index) => [name, read[index] ?? nothing]))
  }
}

const nothing: ReadStretch = { points: [], problem: null }

const stretchOf = ({ runNumber, after, epochsCompleted }: CurveKey) => `${runNumber}/${after}/${epochsCompleted}`
const nameOf = (key: CurveKey) => `${stretchOf(key)}/${key.maxPoints}`

/** Puts curves together that are read at once: those of one stretch are. */
function portionsOf(keys: readonly CurveKey[]): CurveKey[][] {
  const portions: CurveKey[][] = []
  let epochs = Number.POSITIVE_INFINITY
  for (const ofStretch of groupBy(keys, stretchOf).values()) {
    const [{ epochsCompleted, after } = { epochsCompleted: 0, after: 0 }] = ofStretch
    const added = Math.max(0, epochsCompleted - after)
    if (epochs + added > MOST_AT_ONCE) {
      portions.push([])
      epochs = 0
    }
    portions.at(-1)?.push(...ofStretch)
    epochs += added
  }
  return portions
}

/** Adds to points what all epochs up to each took, which a choice of epochs no longer tells: the sum of all less what those behind it took. */
function withElapsed(
  kept: readonly SeriesPoint[],
  points: readonly SeriesPoint[],
  totalSeconds: number | undefined,
): readonly SeriesPoint[] {
  if (totalSeconds === undefined) return kept
  const elapsed = new Map<number, number>()
  let behind = 0
  for (const { at, values } of points.toReversed()) {
    elapsed.set(at, Math.max(0, totalSeconds - behind))
    behind += values.seconds ?? 0
  }
  return kept.map(({ at, values }) => ({ at, values: { ...values, elapsedSeconds: elapsed.get(at) ?? 0 } }))
}
