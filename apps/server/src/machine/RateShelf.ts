import type { MachineRate } from '@hourglass/autoencoders/training'
import type { Log } from '../log.js'
import { type RunningTask, runTask, type TaskSettings } from '../processes/runTask.js'

export interface RateShelfOptions {
  /** Threads of each run. */
  readonly threads: number
  readonly tasks: TaskSettings
  readonly log: Log
  /** Whether a run trains here: a measurement would measure what that leaves. */
  readonly isTraining: () => boolean
}

/** As runs have it. */
const NICENESS = 5

/** Knows how fast this machine is from one short measurement, made in a process of its own when it is asked for and nothing trains. */
export class RateShelf {
  readonly #options: RateShelfOptions
  #rate: MachineRate | null = null
  #task: RunningTask<'rate'> | undefined
  #measuring: Promise<void> | undefined
  /** It would fail again. */
  #hasFailed = false

  constructor(options: RateShelfOptions) {
    this.#options = options
  }

  /** Null where nothing was measured. */
  get rate(): MachineRate | null {
    return this.#rate
  }

  /** Measures, unless that is done or under way, or a run trains; resolves when nothing is being measured any more. */
  async measure(): Promise<void> {
    if (this.#rate || this.#hasFailed || this.#options.isTraining()) return
    this.#measuring ??= this.#measure().finally(() => {
      this.#measuring = undefined
    })
    await this.#measuring
  }

  /** Ends a measurement that is under way, as a run begins to train: neither is to disturb the other. */
  interrupt(): void {
    this.#task?.kill()
    this.#task = undefined
  }

  async close(): Promise<void> {
    this.interrupt()
    await this.#measuring
  }

  async #measure(): Promise<void> {
    const { threads, tasks, log } = this.#options
    try {
      const task = runTask('rate', { threads }, { ...tasks, niceness: NICENESS })
      this.#task = task
      const report = await task.finished
      const isInterrupted = this.#task !== task
      this.#task = undefined
      if (report.type === 'measured') {
        this.#rate = { host: report.host, pace: report.pace }
        log.info({ pace: report.pace }, 'speed of the machine measured')
      } else if (report.type === 'died' && report.refusal !== undefined) {
        log.warn(
          { refusal: report.refusal },
          'the system starts no process: the speed of the machine is measured when it is asked for again',
        )
      } else if (!isInterrupted) throw new Error(`rate: expected a measurement, got ${JSON.stringify(report)}`)
    } catch (error) {
      this.#hasFailed = true
      log.warn({ err: error }, 'speed of the machine cannot be measured')
    }
  }
}
