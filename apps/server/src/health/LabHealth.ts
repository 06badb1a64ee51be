import { constants } from 'node:fs'
import { access, statfs } from 'node:fs/promises'
import { DatabaseProbe } from '../database/DatabaseProbe.js'
import type { StoreState } from '../database/StoreState.js'
import type { Log } from '../log.js'
import type { RunQueue } from '../runs/queue/RunQueue.js'
import type { RunReader } from '../runs/RunReader.js'

export interface LabHealthOptions {
  readonly databasePath: string
  readonly dataFolder: string
  readonly runs: Pick<RunReader, 'countByStatus'>
  /** Whether writes wait, or can never succeed before the next start. */
  readonly store: Pick<StoreState, 'waiting' | 'damage'>
  /** Knows whose workers hang, and why none is started. */
  readonly workers: Pick<RunQueue, 'hangingRuns' | 'refusal'>
  /** Whether the process that computes with models has been silent for too long. */
  readonly isModelProcessHanging: () => boolean
  /** What is wrong with what was set for the whole lab, a sentence each. */
  readonly unreadSettings: () => Promise<readonly string[]>
  readonly log: Log
  /** Space that must be left on the data folder's disk, in bytes. @default {@link DISK_FLOOR} */
  readonly diskFloor?: number
}

/** What is wrong, in words that name no folder and no file: anybody who reaches the API may read them. */
export interface HealthProblem {
  readonly part: 'lab' | 'database' | 'disk' | 'workers'
  readonly code: string
  readonly message: string
}

export interface HealthReport {
  readonly problems: readonly HealthProblem[]
  /** Runs that wait; null where nobody can tell. */
  readonly queued: number | null
  readonly running: number | null
}

/** An epoch of a large model and what the database writes beside it fit into this. */
const DISK_FLOOR = 50_000_000
/** How long an answer is given again, in milliseconds, so that asking often costs nothing. */
const FRESH = 1_000

/** Tells whether the lab can do what it is there for: store, and train. */
export class LabHealth {
  readonly #options: LabHealthOptions
  readonly #probe: DatabaseProbe
  #report: Promise<HealthReport> | undefined
  #isStopping = false

  constructor(options: LabHealthOptions) {
    this.#options = options
    this.#probe = new DatabaseProbe(options.databasePath)
  }

  /** Looks, or gives what was found a moment ago; logs what is wrong. */
  read(): Promise<HealthReport> {
    this.#report ??= this.#look().finally(() => {
      setTimeout(() => {
        this.#report = undefined
      }, FRESH).unref()
    })
    return this.#report
  }

  /** Says from now on that the lab is stopping, so that whoever wants its place waits for it. */
  stop(): void {
    this.#isStopping = true
    this.#report = undefined
  }

  async #look(): Promise<HealthReport> {
    if (this.#isStopping) {
      return { problems: [{ part: 'lab', code: 'LAB_STOPPING', message: 'The lab is stopping.' }], queued: null, running: null }
    }
    const [database, disk] = await Promise.all([this.#checkDatabase(), this.#checkDisk()])
    // Of a database that cannot be read, that is said.
    const settings = database.queued === null ? [] : await this.#checkSettings()
    const problems = [...database.problems, ...disk, ...this.#checkWorkers(), ...settings]
    if (problems.length > 0) this.#options.log.warn({ problems }, 'health check failed')
    return { ...database, problems }
  }

  async #checkDatabase(): Promise<HealthReport> {
    const fault = await this.#probe.check()
    const { runs, store, log } = this.#options
    const refused = store.damage ?? store.waiting
    const problems: HealthProblem[] = []
    if (fault) problems.push({ part: 'database', ...fault })
    else if (refused) {
      problems.push({ part: 'database', code: refused.code, message: `Nothing can be stored: ${refused.reason}. ${refused.remedy}` })
    }
    // While another program writes it can be read.
    if (fault && fault.code !== 'DATABASE_LOCKED') return { problems, queued: null, running: null }
    try {
      const [queued, running] = await Promise.all([runs.countByStatus('QUEUED'), runs.countByStatus('RUNNING')])
      return { problems, queued, running }
    } catch (error) {
      log.error({ err: error }, 'runs cannot be counted')
      const message = 'The database does not answer: a table is missing or damaged. The log says more.'
      return { problems: [{ part: 'database', code: 'DATABASE_DAMAGED', message }], queued: null, running: null }
    }
  }

  async #checkDisk(): Promise<HealthProblem[]> {
    const { dataFolder, diskFloor = DISK_FLOOR } = this.#options
    try {
      await access(dataFolder, constants.R_OK | constants.W_OK)
      const { bavail, bsize, blocks } = await statfs(dataFolder)
      const free = bavail * bsize
      // Some file systems do not say how large they are.
      if (blocks === 0 || free >= diskFloor) return []
      const message = `The disk of the data folder is full: expected at least ${megabytes(diskFloor)} MB free, got ${megabytes(free)} MB. Free some space.`
      return [{ part: 'disk', code: 'DISK_FULL', message }]
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code ?? String(error)
      return [{ part: 'disk', code: 'FOLDER_READ_ONLY', message: `The data folder cannot be read and written (${reason}).` }]
    }
  }

  async #checkSettings(): Promise<HealthProblem[]> {
    const { unreadSettings, log } = this.#options
    try {
      return (await unreadSettings()).map((message): HealthProblem => ({ part: 'lab', code: 'SETTING_UNREADABLE', message }))
    } catch (error) {
      log.error({ err: error }, 'settings cannot be read')
      return []
    }
  }

  #checkWorkers(): HealthProblem[] {
    const { workers, isModelProcessHanging } = this.#options
    const ofRuns = workers
      .hangingRuns()
      .map(
        (id) =>
          `The worker of run ${id} answers nothing, or gets on with nothing. Where that goes on it is ended, and the run goes on by itself.`,
      )
    const ofModels = isModelProcessHanging()
      ? ['The process that computes with models answers nothing. Where that goes on it is ended, and another answers.']
      : []
    const hanging = [...ofRuns, ...ofModels].map((message): HealthProblem => ({ part: 'workers', code: 'WORKER_HANGS', message }))
    const reason = workers.refusal()
    if (reason === null) return hanging
    // What else it says names where Node lies.
    const code = /\b[A-Z]{4,}\b/.exec(reason)?.[0] ?? 'no reason is known'
    const message = `The system starts no process for a run (${code}): runs wait in the queue and are tried again, each minute at least. Free some memory, or raise how many processes (ulimit -u) and open files (ulimit -n) it allows.`
    return [...hanging, { part: 'workers', code: 'WORKERS_REFUSED', message }]
  }
}

const megabytes = (bytes: number) => Math.floor(bytes / 1e6)
