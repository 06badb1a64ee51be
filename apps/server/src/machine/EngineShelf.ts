import { type EngineName, engines, optionalEngines } from '@hourglass/autoencoders'
import type { EngineStatus } from '@hourglass/autoencoders/training'
import { ForkedWorker, type WorkerExit } from '../execution/ForkedWorker.js'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { engineWorkerPath } from '../projectPaths.js'
import { type EngineCommand, type EngineReport, engineReportSchema } from '../worker/messages.js'

/** An engine that was missing may be installed while the server runs, so it is looked for again after this long, in milliseconds. */
const MISSING_FOR = 30_000
const NICENESS = 5

interface Checked {
  readonly status: Promise<EngineStatus>
  readonly at: number
}

/** Knows every engine and whether this machine has it, by loading each in a process of its own. */
export class EngineShelf {
  readonly #checked = new Map<EngineName, Checked>()
  readonly #workers = new Set<ForkedWorker<EngineCommand, EngineReport>>()

  async list(): Promise<EngineStatus[]> {
    const statuses: EngineStatus[] = []
    for (const name of engines) statuses.push(await this.#check(name))
    return statuses
  }

  /** Throws ENGINE_UNAVAILABLE, with how to get it, where an engine that does not come with the installation is not on this machine. */
  async require(name: EngineName): Promise<void> {
    if (!optionalEngines.includes(name)) return
    const { available, reason } = await this.#check(name)
    if (!available) throw new HourglassError(errorCodes.engineUnavailable, `${reason}`, { engine: name })
  }

  async close(): Promise<void> {
    for (const worker of this.#workers) worker.kill()
    await Promise.allSettled([...this.#workers].map(({ ended }) => ended))
  }

  async #check(name: EngineName): Promise<EngineStatus> {
    const known = this.#checked.get(name)
    if (known && ((await known.status).available || performance.now() - known.at < MISSING_FOR)) return known.status
    const checked = { status: this.#load(name), at: performance.now() }
    this.#checked.set(name, checked)
    return checked.status
  }

  async #load(name: EngineName): Promise<EngineStatus> {
    try {
      const { report, exit } = await this.#ask(name)
      if (report) return { name, available: report.available, runtime: report.runtime, reason: report.reason }
      return missing(name, `a process that ended with ${exit.signal ?? exit.code}. ${exit.lastErrorLine ?? ''}`.trim())
    } catch (error) {
      return missing(name, error instanceof Error ? error.message : String(error))
    }
  }

  async #ask(name: EngineName): Promise<{ report: EngineReport | undefined; exit: WorkerExit }> {
    let report: EngineReport | undefined
    const worker = new ForkedWorker<EngineCommand, EngineReport>({
      path: engineWorkerPath,
      reportSchema: engineReportSchema,
      niceness: NICENESS,
      onReport: async (received) => {
        report = received
      },
    })
    this.#workers.add(worker)
    try {
      worker.send({ type: 'check', engine: name })
      return { exit: await worker.ended, report }
    } finally {
      this.#workers.delete(worker)
    }
  }
}

const missing = (name: EngineName, got: string): EngineStatus => ({
  name,
  available: false,
  runtime: null,
  reason: `engine ${name}: expected its libraries to load, got ${got}`,
})
