import type { WorkerTaskCommand } from '@hourglass/autoencoders/calls'
import type { Log } from '../log.js'
import { Pump } from '../Pump.js'
import { type RunningTask, runTask, type TaskSettings } from '../processes/runTask.js'
import type { BaselineKey } from '../runs/baselineKey.js'
import type { BaselineData, BaselineStore } from './BaselineStore.js'

export interface BaselineQueueOptions {
  readonly store: BaselineStore
  readonly log: Log
  readonly tasks: TaskSettings
}

/** Behind training, but not so far that a busy machine starves it: its line belongs into the first curves. */
const BASELINE_NICENESS = 10

type Corruption = WorkerTaskCommand<'baseline'>['requests'][number]['corruption']

/** Pause after the system refused a process, in milliseconds. */
const REFUSAL_PAUSE = 30_000

/** Computes the PCA baselines that runs wait for, those of one data set after another's, behind training. A failure is logged and leaves the runs alone. */
export class BaselineQueue {
  readonly #options: BaselineQueueOptions
  /** Not tried again before the next start. */
  readonly #failed = new Set<string>()
  #task: RunningTask<'baseline'> | undefined
  readonly #pump = new Pump(() => this.#computeNext())
  #isClosing = false

  constructor(options: BaselineQueueOptions) {
    this.#options = options
  }

  /** Says that a run may wait for a baseline. */
  wake(): void {
    this.#pump.run()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#task?.kill()
    await this.#pump.close()
  }

  async #computeNext(): Promise<void> {
    const { store, log } = this.#options
    try {
      for (const data of await store.missing()) {
        const keys = (await store.wanted(data)).filter((key) => !this.#failed.has(JSON.stringify(key)))
        if (keys.length === 0) continue
        if ((await this.#compute(data, keys)) && !this.#isClosing) this.wake()
        return
      }
    } catch (error) {
      log.error({ err: error }, 'PCA baselines cannot be looked up')
    }
  }

  /** Returns whether others may follow at once. */
  async #compute(data: BaselineData, keys: readonly BaselineKey[]): Promise<boolean> {
    const { store, log, tasks } = this.#options
    const started = performance.now()
    let reason: unknown
    try {
      const requests = keys.map(({ codeSize, corruption }) => ({ codeSize, corruption: JSON.parse(corruption) as Corruption }))
      this.#task = runTask('baseline', { ...data, requests, threads: 1 }, { ...tasks, niceness: BASELINE_NICENESS })
      const report = await this.#task.finished
      if (this.#isClosing) return false
      if (report.type === 'computed') {
        for (const problem of report.problems) log.warn({ ...data, problem }, 'principal components that were kept are made anew')
        await store.store(
          data,
          keys.flatMap((key, index) => {
            const error = report.errors[index]
            return error ? [{ key, ...error }] : []
          }),
        )
        log.info({ ...data, baselines: keys.length, seconds: (performance.now() - started) / 1000 }, 'PCA baselines computed')
        return true
      }
      if (report.type === 'died' && report.refusal !== undefined) {
        log.warn({ ...data, refusal: report.refusal }, 'the system starts no process: PCA baselines wait')
        setTimeout(() => this.wake(), REFUSAL_PAUSE).unref()
        return false
      }
      reason = report
    } catch (error) {
      reason = error
    }
    for (const key of keys) this.#failed.add(JSON.stringify(key))
    log.warn({ ...data, reason }, 'PCA baselines failed')
    return true
  }
}
