import { hostname } from 'node:os'
import type { RunConfig } from '@hourglass/autoencoders'
import {
  addSharedWork,
  type CountedWork,
  countWork,
  estimateStages,
  type StageSeconds,
  totalSeconds,
} from '@hourglass/autoencoders/training'
import { datasetCatalog } from '@hourglass/datasets'
import type { RateShelf } from './RateShelf.js'
import type { RunTimesReader } from './RunTimesReader.js'

export interface RunEstimatorOptions {
  readonly times: RunTimesReader
  readonly rate: Pick<RateShelf, 'rate' | 'measure'>
  /** Whether runs are measured after their last epoch. */
  readonly analyzes: boolean
}

/** A run that is to be estimated. */
export interface EstimatedRun {
  readonly config: RunConfig
  /** The machine that trains it; null for this one. */
  readonly host: string | null
}

/** Estimates how long runs take, from what runs like them took. */
export class RunEstimator {
  readonly #options: RunEstimatorOptions

  constructor(options: RunEstimatorOptions) {
    this.#options = options
  }

  /** Estimates the seconds of each stage of each run; null where nothing is known that tells. Has this machine measured where that would help. */
  async stages(runs: readonly EstimatedRun[]): Promise<StageSeconds[]> {
    if (runs.length === 0) return []
    const { times, rate } = this.#options
    const records = await times.read()
    const timed = runs.map(({ config }) => ({ config, sizes: datasetCatalog[config.data.dataset] }))
    const known = { records, rate: rate.rate }
    const estimates = timed.map((run, index) => estimateStages(run, { ...known, host: runs[index]?.host ?? hostname() }).seconds)
    const stages = addSharedWork(estimates, timed, { ...known, host: hostname() }).map((each) => this.#analyzed(each))
    if (stages.some((each) => Object.values(each).includes(null))) void rate.measure()
    return stages
  }

  /** Estimates the seconds of each configuration on this machine, from start to end; null where nothing is known that tells. */
  async seconds(configs: readonly RunConfig[]): Promise<(number | null)[]> {
    const estimates = await this.stages(configs.map((config) => ({ config, host: null })))
    return estimates.map((stages, index) => totalSeconds(stages, configs[index]?.training.epochs ?? 0))
  }

  /** Counts the work of a run, by which it is weighed. */
  work(config: RunConfig): CountedWork {
    return this.#analyzed(countWork(config, datasetCatalog[config.data.dataset]))
  }

  #analyzed<Stages extends StageSeconds>(stages: Stages): Stages {
    return this.#options.analyzes ? stages : { ...stages, measuring: 0 }
  }
}
