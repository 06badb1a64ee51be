import type { TrainingEvent } from '@hourglass/autoencoders/training'
import type { RunStage } from '@hourglass/protocol'
import type { Reporter } from './Reporter.js'

/** Reports how long a run took to start, to train layer by layer, and to train as a whole with all that its epochs leave. */
export class StageTimes {
  readonly #reporter: Reporter
  readonly #sharedSeconds: number
  #pretrainingSince: number | undefined
  #trainingSince = Number.NaN

  /** `sharedSeconds` went by before training for what runs of the same examples share, which is no part of what this one takes. */
  constructor(reporter: Reporter, sharedSeconds: number) {
    this.#reporter = reporter
    this.#sharedSeconds = sharedSeconds
  }

  /** Takes each event of training before it is reported itself. */
  async follow(event: TrainingEvent): Promise<void> {
    const isPretraining = event.type === 'progress' && event.stage === 'pretraining'
    if (isPretraining && this.#pretrainingSince === undefined) {
      this.#pretrainingSince = performance.now()
      await this.#reportStarting()
    }
    if (event.type !== 'started') return
    if (this.#pretrainingSince === undefined) await this.#reportStarting()
    else await this.#report('pretraining', this.#pretrainingSince)
    this.#trainingSince = performance.now()
  }

  /** Says that the last epoch is stored. */
  end(): Promise<void> {
    return this.#report('training', this.#trainingSince)
  }

  #report(stage: RunStage, since: number): Promise<void> {
    return this.#reporter.report({ type: 'timed', stage, seconds: (performance.now() - since) / 1000 })
  }

  /** Since the process began: loading libraries and data is part of it. */
  #reportStarting(): Promise<void> {
    return this.#reporter.report({ type: 'timed', stage: 'starting', seconds: process.uptime() - this.#sharedSeconds })
  }
}
