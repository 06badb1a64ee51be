import { type CountedWork, progressOfRuns, type StageSeconds } from '@hourglass/autoencoders/training'
import type { RunProgress } from '@hourglass/protocol'
import type { RunEstimator } from '../machine/RunEstimator.js'
import type { Run } from '../runs/RunReader.js'
import { readConfig } from '../runs/readConfig.js'
import type { StageClock } from './StageClock.js'

export interface TimeLeftOptions {
  readonly run: Run
  readonly clock: Pick<StageClock, 'now'>
  readonly estimator: Pick<RunEstimator, 'stages' | 'work'>
}

/** Estimates how long one run will still take, as its experiment does: by the clock of its own epochs, and for what it has not come to by runs like it. */
export class TimeLeft {
  readonly #clock: Pick<StageClock, 'now'>
  readonly #epochs: number
  #epochsCompleted: number
  #known: { readonly work: CountedWork; readonly estimate: StageSeconds } | undefined

  constructor({ run, clock }: Omit<TimeLeftOptions, 'estimator'>) {
    this.#clock = clock
    this.#epochs = run.epochs ?? 0
    this.#epochsCompleted = run.epochsCompleted
  }

  /** Reads what runs like it took. Rejects where the store cannot be read: then only its own epochs count. */
  async ask({ run, estimator }: Omit<TimeLeftOptions, 'clock'>): Promise<void> {
    const read = readConfig(run)
    if (!('value' in read)) return
    const [estimate] = await estimator.stages([{ config: read.value, host: null }])
    if (estimate) this.#known = { work: estimator.work(read.value), estimate }
  }

  /** Takes the run as it is after each epoch. */
  stored({ epochsCompleted }: Pick<Run, 'epochsCompleted'>): void {
    this.#epochsCompleted = epochsCompleted
  }

  /** Gives a report with the time left, or with what the worker says of training alone as long as nothing tells how long the rest takes. */
  complete(report: RunProgress): RunProgress {
    if (!this.#known) return report
    const state = { status: 'running' as const, epochs: this.#epochs, epochsCompleted: this.#epochsCompleted, ...this.#known }
    const { secondsLeft } = progressOfRuns([{ ...state, live: this.#clock.now() }], { slots: 1 })
    return secondsLeft === null ? report : { ...report, secondsLeft }
  }
}
