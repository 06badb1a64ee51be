import { type EngineName, engines, optionalEngines } from '@hourglass/autoencoders'
import type { EngineStatus } from '@hourglass/autoencoders/training'
import { errorCodes, HourglassError } from '../HourglassError.js'
import { type RunningTask, runTask, type TaskSettings } from '../processes/runTask.js'

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
  readonly #tasks = new Set<RunningTask<'engine'>>()
  readonly #settings: TaskSettings

  constructor(settings: TaskSettings) {
    this.#settings = settings
  }

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
    for (const task of this.#tasks) task.kill()
    await Promise.allSettled([...this.#tasks].map(({ finished }) => finished))
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
      const task = runTask('engine', { engine: name }, { ...this.#settings, niceness: NICENESS })
      this.#tasks.add(task)
      const report = await task.finished.finally(() => this.#tasks.delete(task))
      if (report.type === 'checked') return { name, available: report.available, runtime: report.runtime, reason: report.reason }
      if (report.type === 'failed') return missing(name, report.message)
      return missing(name, `a process that ended with ${report.signal ?? report.code}. ${report.lastErrorLine ?? ''}`.trim())
    } catch (error) {
      return missing(name, error instanceof Error ? error.message : String(error))
    }
  }
}

const missing = (name: EngineName, got: string): EngineStatus => ({
  name,
  available: false,
  runtime: null,
  reason: `engine ${name}: expected its libraries to load, got ${got}`,
})
