import type { Database } from '../database/Database.js'
import { toBytes } from '../database/float64Bytes.js'
import type { RunRecorder } from '../runs/RunRecorder.js'

/** What a PCA baseline depends on. */
export interface BaselineKey {
  readonly dataset: string
  readonly trainCount: number
  readonly testCount: number
}

/** Keeps PCA baselines and hands them to the runs that wait for them. */
export class BaselineStore {
  readonly #database: Database
  readonly #recorder: RunRecorder

  constructor(database: Database, recorder: RunRecorder) {
    this.#database = database
    this.#recorder = recorder
  }

  /** Lists what runs still wait for, the runs launched first first; those on data that are not known here wait for none. */
  async missing(): Promise<BaselineKey[]> {
    const groups = await this.#database.read.run.groupBy({
      by: ['dataset', 'trainCount', 'testCount'],
      where: { pcaBaselineId: null, status: { not: 'FAILED' } },
      _min: { number: true },
      orderBy: { _min: { number: 'asc' } },
    })
    return groups.flatMap(({ dataset, trainCount, testCount }) =>
      dataset === null || trainCount === null || testCount === null ? [] : [{ dataset, trainCount, testCount }],
    )
  }

  /** Stores a baseline, and its event for every run that waits for it. */
  async store(key: BaselineKey, meanSquaredErrors: Float64Array): Promise<void> {
    const data = { meanSquaredErrors: toBytes(meanSquaredErrors) }
    await this.#recorder.record(async (facts) => {
      const { id } = await facts.transaction.pcaBaseline.upsert({
        where: { dataset_trainCount_testCount: key },
        create: { ...key, ...data },
        update: data,
      })
      const waiting = await facts.transaction.run.findMany({ where: { ...key, pcaBaselineId: null }, select: { number: true } })
      for (const { number } of waiting) await facts.giveBaseline(number, id)
    })
  }
}
