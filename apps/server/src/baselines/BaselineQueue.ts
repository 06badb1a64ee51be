import { Pump } from '../execution/Pump.js'
import type { Log } from '../log.js'
import { type RunningTask, runTask } from '../processes/runTask.js'
import type { BaselineKey, BaselineStore } from './BaselineStore.js'

export interface BaselineQueueOptions {
  readonly store: BaselineStore
  readonly log: Log
  /** Folder of what runs of the same data share. */
  readonly cacheFolder: string
}

/** Behind training, but not so far that a busy machine starves it: its line belongs into the first curves. */
const BASELINE_NICENESS = 10

/** Computes the PCA baselines that runs wait for, one at a time, behind training. A failure is logged and leaves the runs alone. */
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
      const next = (await store.missing()).find((key) => !this.#failed.has(JSON.stringify(key)))
      if (!next) return
      await this.#compute(next)
      this.wake()
    } catch (error) {
      log.error({ err: error }, 'PCA baselines cannot be looked up')
    }
  }

  async #compute(key: BaselineKey): Promise<void> {
    const { store, log, cacheFolder } = this.#options
    const started = performance.now()
    let reason: unknown
    try {
      this.#task = runTask('baseline', { ...key, threads: 1 }, { cacheFolder, niceness: BASELINE_NICENESS })
      const report = await this.#task.finished
      if (this.#isClosing) return
      if (report.type === 'computed') {
        await store.store(key, Float64Array.from(report.meanSquaredErrors))
        log.info({ ...key, seconds: (performance.now() - started) / 1000 }, 'PCA baseline computed')
        return
      }
      reason = report
    } catch (error) {
      reason = error
    }
    this.#failed.add(JSON.stringify(key))
    log.warn({ ...key, reason }, 'PCA baseline failed')
  }
}
