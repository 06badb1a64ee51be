import { LRUCache } from 'lru-cache'
import type { EpochMetrics, PrismaClient } from '../../generated/prisma/client.js'
import { loadMetrics, type MetricsKey } from './loadMetrics.js'

export interface CurveKey extends MetricsKey {
  /** Epochs that the run has stored; a curve of so many never changes. */
  readonly epochsCompleted: number
}

/** Epochs kept in all, some 10 MB. */
const MAXIMUM_EPOCHS_KEPT = 50_000
/** Epochs of one curve that is kept: tables read short curves again at every step of every run, long ones are read once. */
const MAXIMUM_CURVE = 1_000

/** Loads the curves of runs, and reads one again only when its run has a new epoch. */
export class CurveCache {
  readonly #read: PrismaClient
  readonly #curves = new LRUCache<string, EpochMetrics[]>({
    maxSize: MAXIMUM_EPOCHS_KEPT,
    maxEntrySize: MAXIMUM_CURVE,
    sizeCalculation: (curve) => curve.length + 1,
  })

  constructor(read: PrismaClient) {
    this.#read = read
  }

  async load(keys: readonly CurveKey[]): Promise<EpochMetrics[][]> {
    const kept = keys.map((key) => (key.epochsCompleted === 0 ? [] : this.#curves.get(nameOf(key))))
    const missing = keys.filter((_, index) => kept[index] === undefined)
    const loaded = missing.length === 0 ? [] : await loadMetrics(this.#read, missing)
    missing.forEach((key, index) => {
      this.#curves.set(nameOf(key), loaded[index])
    })
    let next = 0
    return kept.map((curve) => curve ?? loaded[next++] ?? [])
  }
}

const nameOf = ({ runId, maxPoints, epochsCompleted }: CurveKey) => `${runId}/${maxPoints}/${epochsCompleted}`
