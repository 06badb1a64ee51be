import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { cpus } from 'node:os'
import { join } from 'node:path'
import type { RunConfig } from '@hourglass/autoencoders'
import type { MachineSpeed } from '@hourglass/autoencoders/training'
import { z } from 'zod'
import { writeAtomically } from './artifacts/writeAtomically.js'
import type { Log } from './log.js'
import { estimateWorkerPath } from './projectPaths.js'
import { ForkedWorker } from './queue/ForkedWorker.js'
import { type EstimateCommand, type EstimateReport, estimateReportSchema, machineSpeedSchema } from './worker/messages.js'

export interface EstimateShelfOptions {
  /** Where it keeps what it has measured. */
  readonly dataFolder: string
  /** Threads of each run. */
  readonly threads: number
  readonly version: string
  readonly log: Log
}

const fileSchema = z.object({
  /** Names the machine and the program that were measured. */
  machine: z.string(),
  speed: machineSpeedSchema.nullable(),
  /** Seconds by hash of a configuration. */
  seconds: z.record(z.string(), z.number().nullable()),
})
type Kept = z.output<typeof fileSchema>

/** Configurations that are remembered; the oldest are forgotten. */
const MAXIMUM_KEPT = 2_000
const NICENESS = 5

/**
 * Estimates how long runs will take on this machine. It measures the machine once, in a process of its own, and traces what it has not met yet;
 * both are kept in `estimates.json` of the data folder until machine or program change.
 */
export class EstimateShelf {
  readonly #options: EstimateShelfOptions
  readonly #machine: string
  #kept: Promise<Kept> | undefined
  #worker: ForkedWorker<EstimateCommand, EstimateReport> | undefined
  /** One estimate after another: measuring two at a time would measure neither. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: EstimateShelfOptions) {
    this.#options = options
    this.#machine = [cpus()[0]?.model ?? 'unknown', options.threads, process.version, options.version].join(' / ')
  }

  /** Estimates the seconds of each configuration; null for those of engines that are not measured, and for all where measuring fails. */
  estimate(configs: readonly RunConfig[]): Promise<readonly (number | null)[]> {
    const turn = this.#turn.then(() => this.#estimate(configs))
    this.#turn = turn
    return turn
  }

  async close(): Promise<void> {
    this.#worker?.kill()
    await this.#turn
  }

  async #estimate(configs: readonly RunConfig[]): Promise<readonly (number | null)[]> {
    this.#kept ??= this.#read()
    const kept = await this.#kept
    const hashes = configs.map(hashOf)
    const missing = configs.filter((_, index) => !Object.hasOwn(kept.seconds, hashes[index] ?? ''))
    if (missing.length > 0) {
      const report = await this.#ask(missing, kept.speed)
      if (report?.type !== 'estimated') return configs.map(() => null)
      kept.speed = report.speed
      missing.forEach((config, index) => {
        kept.seconds[hashOf(config)] = report.seconds[index] ?? null
      })
      kept.seconds = Object.fromEntries(Object.entries(kept.seconds).slice(-MAXIMUM_KEPT))
      await this.#write(kept)
    }
    return hashes.map((hash) => kept.seconds[hash] ?? null)
  }

  async #ask(configs: readonly RunConfig[], speed: MachineSpeed | null): Promise<EstimateReport | undefined> {
    const { threads, log } = this.#options
    let report: EstimateReport | undefined
    try {
      this.#worker = new ForkedWorker<EstimateCommand, EstimateReport>({
        path: estimateWorkerPath,
        reportSchema: estimateReportSchema,
        niceness: NICENESS,
        onReport: async (received) => {
          report = received
        },
      })
      this.#worker.send({ type: 'estimate', threads, speed, configs })
      const exit = await this.#worker.ended
      if (report?.type !== 'estimated') log.warn({ report, exit }, 'runs cannot be estimated')
    } catch (error) {
      log.warn({ err: error }, 'runs cannot be estimated')
    }
    return report
  }

  get #path(): string {
    return join(this.#options.dataFolder, 'estimates.json')
  }

  async #read(): Promise<Kept> {
    const fresh: Kept = { machine: this.#machine, speed: null, seconds: {} }
    try {
      const kept = fileSchema.parse(JSON.parse(await readFile(this.#path, 'utf8')))
      return kept.machine === this.#machine ? kept : fresh
    } catch {
      // Nothing is kept yet, or nothing that can be read: it is measured anew.
      return fresh
    }
  }

  async #write(kept: Kept): Promise<void> {
    try {
      await writeAtomically(this.#path, Buffer.from(JSON.stringify(kept)))
    } catch (error) {
      this.#options.log.warn({ err: error }, 'estimates cannot be kept')
    }
  }
}

function hashOf(config: RunConfig): string {
  return createHash('sha256').update(JSON.stringify(config)).digest('base64url').slice(0, 16)
}
