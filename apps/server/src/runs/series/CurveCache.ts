import { LRUCache } from 'lru-cache'
import type { SeriesPoint } from '../../database/SeriesPoint.js'
import type { PrismaClient } from '../../generated/prisma/client.js'
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
    const missing = keys.filter((_, index) => kept[index] === undefined)
    const loaded = await readStretches(
      this.#read,
      missing.map(({ runNumber, after, epochsCompleted }) => ({ runNumber, axis: 'epoch', after, upTo: epochsCompleted })),
    )
    const curves = missing.map(({ maxPoints, totalSeconds }, index) => {
      const { points, problem } = loaded[index] ?? nothing
      return { points: withElapsed(maxPoints === null ? points : downsample(points, maxPoints), points, totalSeconds), problem }
    })
    missing.forEach((key, index) => {
      this.#curves.set(nameOf(key), curves[index])
    })
    let next = 0
    return kept.map((curve) => curve ?? curves[next++] ?? nothing)
  }
}

const nothing: ReadStretch = { points: [], problem: null }

const nameOf = ({ runNumber, maxPoints, after, epochsCompleted }: CurveKey) => `${runNumber}/${maxPoints}/${after}/${epochsCompleted}`

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
