import { createHash } from 'node:crypto'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { RunConfig } from '@hourglass/autoencoders'
import { speedOf } from '@hourglass/autoencoders/training'
import { ForkedWorker } from '../execution/ForkedWorker.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import type { Log } from '../log.js'
import { estimateWorkerPath } from '../projectPaths.js'
import { type EstimateCommand, type EstimateReport, estimateReportSchema } from '../worker/messages.js'
import { type KeptEstimates, readEstimates, writeEstimates } from './estimatesFile.js'
import { type RunCost, runCost } from './runCost.js'
import { isDue, isUndisturbed, RETRY_AFTER, withMeasurement } from './speedMeasurements.js'

export interface EstimateShelfOptions {
  /** Where it keeps what it has measured. */
  readonly dataFolder: string
  /** Threads of each run. */
  readonly threads: number
  readonly version: string
  readonly log: Log
  /** Whether runs are measured after their last epoch. */
  readonly analyzes: boolean
  /** Whether a run trains here: a measurement would measure what that leaves. */
  readonly isTraining: () => boolean
}

/** What is known of how fast the machine is. */
export interface SpeedStatus {
  readonly state: SpeedState
  /** When it was last measured. */
  readonly measuredAt: Date | null
}

export type SpeedState = 'UNMEASURED' | 'MEASURING' | 'DISTURBED' | 'MEASURED'

/** Runs whose work is remembered; the oldest are forgotten. */
const MAXIMUM_KEPT = 1_000
/** Runs may train while others are counted. */
const niceness = { measure: 5, count: 10 } as const

type EstimateWorker = ForkedWorker<EstimateCommand, EstimateReport>

export interface CostsOptions {
  readonly countsMissing: boolean
}

/**
 * Estimates how long runs will take on this machine, from the work of each run and the speed of the machine; both are found out in a process of their own
 * and kept in `estimates.json` of the data folder until machine or program change. The machine is measured only while nothing trains, and again when
 * other programs disturbed that or it was long ago; the fastest counts.
 */
export class EstimateShelf {
  readonly #options: EstimateShelfOptions
  readonly #machine: string
  #kept: Promise<KeptEstimates> | undefined
  #measuring: Promise<void> | undefined
  #measurer: EstimateWorker | undefined
  #counter: EstimateWorker | undefined
  #isInterrupted = false
  #isClosing = false
  /** Measuring failed and is not tried again before, in milliseconds of `performance.now()`. */
  #pausedUntil = 0
  /** Hashes of configurations that are being counted, or cannot be. */
  readonly #counted = new Set<string>()
  /** One after another: measuring while counting would measure neither. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: EstimateShelfOptions) {
    this.#options = options
    this.#machine = [cpus()[0]?.model ?? 'unknown', options.threads, process.version, options.version].join(' / ')
  }

  /**
   * Estimates the seconds of each configuration; null for those of engines that are not measured, and for all while the machine's speed is not known. It waits
   * for the first measurement where nothing trains; a further one, where it is due, takes place behind.
   */
  async estimate(configs: readonly RunConfig[]): Promise<readonly (number | null)[]> {
    const kept = await this.#read()
    await this.#count(configs)
    if (isDue(kept.measurements, Date.now()) && !this.#options.isTraining() && performance.now() >= this.#pausedUntil) {
      const measuring = this.#measure({ anew: false })
      if (kept.measurements.length === 0) await measuring
    }
    const costs = this.#costsOf(configs, kept)
    return costs.map((cost) => (cost?.isMeasured ? cost.setUp + cost.epochs + cost.analysis : null))
  }

  /**
   * Tells what configurations cost, at once; null for those whose work was not counted yet. These are counted behind, so that a later call knows them, where
   * `countsMissing` says so.
   */
  async costs(configs: readonly RunConfig[], { countsMissing }: CostsOptions): Promise<readonly (RunCost | null)[]> {
    const kept = await this.#read()
    if (countsMissing) void this.#count(configs)
    return this.#costsOf(configs, kept)
  }

  /** Tells what is known of the machine's speed. */
  async status(): Promise<SpeedStatus> {
    const { measurements } = await this.#read()
    const last = measurements.at(-1)
    const state = last === undefined ? 'UNMEASURED' : isUndisturbed(measurements) ? 'MEASURED' : 'DISTURBED'
    return { state: this.#measuring ? 'MEASURING' : state, measuredAt: last ? new Date(last.at) : null }
  }

  /** Begins to measure the machine anew; what was measured before counts no more then. Throws LAB_BUSY while a run trains. */
  remeasure(): void {
    if (this.#options.isTraining()) {
      const message =
        'The speed of the machine is measured only while no run trains: expected none, got at least one. Try again when they are done.'
      throw new HourglassError(errorCodes.labBusy, message)
    }
    void this.#measure({ anew: true })
  }

  /** Ends a measurement that is under way, as a run begins to train: neither is to disturb the other. */
  interrupt(): void {
    this.#isInterrupted = true
    this.#measurer?.kill()
  }

  async close(): Promise<void> {
    this.#isClosing = true
    this.#measurer?.kill()
    this.#counter?.kill()
    await this.#turn
  }

  #read(): Promise<KeptEstimates> {
    this.#kept ??= readEstimates(this.#path, this.#machine)
    return this.#kept
  }

  get #path(): string {
    return join(this.#options.dataFolder, 'estimates.json')
  }

  #costsOf(configs: readonly RunConfig[], { measurements, works }: KeptEstimates): readonly (RunCost | null)[] {
    const [first, ...others] = measurements.map(({ measurement }) => measurement)
    const speed = first && speedOf([first, ...others])
    const startSeconds = Math.min(...measurements.map((each) => each.startSeconds))
    return configs.map((config) => {
      const work = works[hashOf(config)]
      return work ? runCost(config, work, { speed, startSeconds, analyzes: this.#options.analyzes }) : null
    })
  }

  #measure({ anew }: { readonly anew: boolean }): Promise<void> {
    this.#measuring ??= this.#inTurn(() => this.#measureNow(anew)).finally(() => {
      this.#measuring = undefined
    })
    return this.#measuring
  }

  async #measureNow(anew: boolean): Promise<void> {
    const { threads, log, isTraining } = this.#options
    if (isTraining()) return
    this.#isInterrupted = false
    const report = await this.#ask({ type: 'measure', threads }, (worker) => {
      this.#measurer = worker
    })
    this.#measurer = undefined
    // One that a run interrupted is due as soon as nothing trains.
    if (this.#isInterrupted || this.#isClosing) return
    if (report?.type !== 'measured') {
      log.warn({ report }, 'speed of the machine cannot be measured')
      this.#pausedUntil = performance.now() + RETRY_AFTER
      return
    }
    const { measurement, startSeconds } = report
    const kept = await this.#read()
    kept.measurements = withMeasurement(anew ? [] : kept.measurements, { at: new Date().toISOString(), measurement, startSeconds })
    log.info({ disturbance: measurement.disturbance }, 'speed of the machine measured')
    await writeEstimates(this.#path, kept, log)
  }

  /** Counts the work of the configurations of which it is not known, each at most once. */
  async #count(configs: readonly RunConfig[]): Promise<void> {
    const kept = await this.#read()
    const missing = new Map(configs.map((config) => [hashOf(config), config] as const))
    for (const hash of missing.keys()) if (Object.hasOwn(kept.works, hash) || this.#counted.has(hash)) missing.delete(hash)
    for (const hash of missing.keys()) this.#counted.add(hash)
    // Those that were asked for before are counted by then, too.
    await this.#inTurn(() => this.#countNow(missing, kept))
  }

  async #countNow(missing: ReadonlyMap<string, RunConfig>, kept: KeptEstimates): Promise<void> {
    const { log } = this.#options
    if (missing.size === 0 || this.#isClosing) return
    const report = await this.#ask({ type: 'count', configs: [...missing.values()] }, (worker) => {
      this.#counter = worker
    })
    this.#counter = undefined
    if (report?.type !== 'counted') {
      if (!this.#isClosing) log.warn({ report }, 'work of runs cannot be counted')
      return
    }
    const { works } = report
    const added = [...missing.keys()].map((hash, index) => [hash, works[index] ?? null] as const)
    kept.works = Object.fromEntries([...Object.entries(kept.works), ...added].slice(-MAXIMUM_KEPT))
    for (const [hash] of added) this.#counted.delete(hash)
    await writeEstimates(this.#path, kept, log)
  }

  #inTurn(job: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(job)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** Forks a worker for one command; gives its report, undefined where it died without one. */
  async #ask(command: EstimateCommand, onWorker: (worker: EstimateWorker) => void): Promise<EstimateReport | undefined> {
    let report: EstimateReport | undefined
    try {
      const worker: EstimateWorker = new ForkedWorker({
        path: estimateWorkerPath,
        reportSchema: estimateReportSchema,
        niceness: niceness[command.type],
        onReport: async (received) => {
          report = received
        },
      })
      onWorker(worker)
      worker.send(command)
      await worker.ended
    } catch (error) {
      this.#options.log.warn({ err: error }, 'runs cannot be estimated')
    }
    return report
  }
}

function hashOf(config: RunConfig): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('base64url').slice(0, 16)
}
