import type { Database } from '../database/Database.js'
import { appendEvent } from '../runs/appendEvent.js'
import { toBytes } from '../runs/EpochRecord.js'
import type { RunSignals } from '../runs/RunSignals.js'

/** What a PCA baseline depends on. */
export interface BaselineKey {
  readonly dataset: string
  readonly trainCount: number
  readonly testCount: number
}

/** Keeps PCA baselines and hands them to the runs that wait for them. */
export class BaselineStore {
  readonly #database: Database
  readonly #signals: RunSignals

  constructor(database: Database, signals: RunSignals) {
    this.#database = database
    this.#signals = signals
  }

  /** Lists what runs still wait for, the runs launched first first. */
  async missing(): Promise<BaselineKey[]> {
    const groups = await this.#database.read.run.groupBy({
      by: ['dataset', 'trainCount', 'testCount'],
      where: { pcaBaselineId: null, status: { not: 'FAILED' } },
      _min: { number: true },
      orderBy: { _min: { number: 'asc' } },
    })
    return groups.map(({ dataset, trainCount, testCount }) => ({ dataset, trainCount, testCount }))
  }

  /** Stores a baseline, and its event for every run that waits for it. */
  async store(key: BaselineKey, meanSquaredErrors: Float64Array): Promise<void> {
    const data = { meanSquaredErrors: toBytes(meanSquaredErrors) }
    const runIds = await this.#database.write(async (transaction) => {
      const { id: pcaBaselineId } = await transaction.pcaBaseline.upsert({
        where: { dataset_trainCount_testCount: key },
        create: { ...key, ...data },
        update: data,
      })
      const waiting = await transaction.run.findMany({ where: { ...key, pcaBaselineId: null }, select: { id: true } })
      for (const { id } of waiting) {
        await appendEvent(transaction, id, { type: 'PCA_BASELINE_COMPUTED' }, { pcaBaseline: { connect: { id: pcaBaselineId } } })
      }
      return waiting.map(({ id }) => id)
    })
    for (const id of runIds) this.#signals.emit(id, 'stored')
  }
}
