import { componentsPath } from '../artifacts/componentsPath.js'
import { ForkedWorker } from '../execution/ForkedWorker.js'
import { Pump } from '../execution/Pump.js'
import type { Log } from '../log.js'
import { baselineWorkerPath } from '../projectPaths.js'
import { type BaselineCommand, type BaselineReport, baselineReportSchema } from '../worker/messages.js'
import type { BaselineKey, BaselineStore } from './BaselineStore.js'

export interface BaselineQueueOptions {
  readonly store: BaselineStore
  readonly log: Log
  /** Where principal components are kept. */
  readonly componentsFolder: string
}

/** Behind training, but not so far that a busy machine starves it: its line belongs into the first curves. */
const BASELINE_NICENESS = 10

/** Computes the PCA baselines that runs wait for, one at a time, behind training. A failure is logged and leaves the runs alone. */
export class BaselineQueue {
  readonly #options: BaselineQueueOptions
  /** Not tried again before the next start. */
  readonly #failed = new Set<string>()
  #worker: ForkedWorker<BaselineCommand, BaselineReport> | undefined
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
    this.#worker?.kill()
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
    const { store, log, componentsFolder } = this.#options
    const started = performance.now()
    let meanSquaredErrors: Float64Array | undefined
    let reason: unknown
    try {
      this.#worker = new ForkedWorker<BaselineCommand, BaselineReport>({
        path: baselineWorkerPath,
        reportSchema: baselineReportSchema,
        niceness: BASELINE_NICENESS,
        onReport: async (report) => {
          if (report.type === 'computed') meanSquaredErrors = report.meanSquaredErrors
          else reason = report
        },
      })
      this.#worker.send({ type: 'compute', ...key, threads: 1, componentsPath: componentsPath(componentsFolder, key) })
      const exit = await this.#worker.ended
      if (this.#isClosing) return
      if (meanSquaredErrors) {
        await store.store(key, meanSquaredErrors)
        log.info({ ...key, seconds: (performance.now() - started) / 1000 }, 'PCA baseline computed')
        return
      }
      reason ??= exit
    } catch (error) {
      reason = error
    }
    this.#failed.add(JSON.stringify(key))
    log.warn({ ...key, reason }, 'PCA baseline failed')
  }
}
