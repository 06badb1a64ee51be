import type { Database } from '../database/Database.js'
import type { Prisma } from '../generated/prisma/client.js'
import { type BaselineKey, baselineKey, type RunExamples } from '../runs/baselineKey.js'
import type { RunRecorder } from '../runs/RunRecorder.js'
import { readConfig } from '../runs/readConfig.js'

/** The data that runs are of. */
export interface BaselineData extends RunExamples {
  readonly dataset: string
}

/** What PCA comes to where a run of a key is compared with it. */
export interface BaselineError {
  readonly key: BaselineKey
  readonly components: number
  readonly isWhole: boolean
  readonly meanSquaredError: number
  /** Null where no examples are held out. */
  readonly validationMeanSquaredError: number | null
}

/** Runs that are read, or given their baselines, at once: others are recorded in between. */
const RUNS_AT_ONCE = 200

/** Keeps PCA baselines and hands them to the runs that wait for them. */
export class BaselineStore {
  readonly #database: Database
  readonly #recorder: RunRecorder

  constructor(database: Database, recorder: RunRecorder) {
    this.#database = database
    this.#recorder = recorder
  }

  /** Lists the data of runs that still wait, those of the run launched first first; runs on data that are not known here wait for none. */
  async missing(): Promise<BaselineData[]> {
    const groups = await this.#database.read.run.groupBy({
      by: ['dataset', 'trainCount', 'validationCount', 'testCount', 'selection'],
      where: { pcaBaselineId: null, status: { not: 'FAILED' } },
      _min: { number: true },
      orderBy: { _min: { number: 'asc' } },
    })
    return groups.flatMap(({ dataset, trainCount, validationCount, testCount, selection }) =>
      dataset === null || trainCount === null || validationCount === null || testCount === null || selection === null
        ? []
        : [{ dataset, trainCount, validationCount, testCount, selection }],
    )
  }

  /** Lists what runs on some data wait for; runs whose configurations cannot be read wait for nothing. */
  async wanted(data: BaselineData): Promise<BaselineKey[]> {
    const keys = new Map<string, BaselineKey>()
    for await (const runs of this.#waiting(data, { status: { not: 'FAILED' } })) {
      for (const { key } of runs) keys.set(JSON.stringify(key), key)
    }
    return [...keys.values()]
  }

  /** Stores baselines of the same data, and their events for the runs that wait for them. */
  async store(data: BaselineData, errors: readonly BaselineError[]): Promise<void> {
    const ids = new Map<string, number>()
    await this.#recorder.record(async ({ transaction }) => {
      for (const { key, ...found } of errors) {
        const { id } = await transaction.pcaBaseline.upsert({
          where: { key: { ...key } },
          create: { ...key, ...found, meanSquaredErrors: new Uint8Array() },
          update: found,
        })
        ids.set(JSON.stringify(key), id)
      }
    })
    for await (const runs of this.#waiting(data, {})) {
      await this.#recorder.record(async (facts) => {
        for (const { number, key } of runs) {
          const id = ids.get(JSON.stringify(key))
          if (id !== undefined) await facts.giveBaseline(number, id)
        }
      })
    }
  }

  async *#waiting(data: BaselineData, condition: Pick<Prisma.RunWhereInput, 'status'>) {
    for (let after = 0; ; ) {
      const runs = await this.#database.read.run.findMany({
        where: { ...data, ...condition, pcaBaselineId: null, number: { gt: after } },
        select: { number: true, kind: true, configVersion: true, config: true },
        orderBy: { number: 'asc' },
        take: RUNS_AT_ONCE,
      })
      const last = runs.at(-1)
      if (!last) return
      after = last.number
      yield runs.flatMap(({ number, ...stored }) => {
        const config = readConfig(stored)
        return 'value' in config ? [{ number, key: baselineKey(config.value, data) }] : []
      })
    }
  }
}
