import { errorCodes, HourglassError } from '../HourglassError.js'
import { readProcessUsage } from '../processes/processUsage.js'
import { type ArchiveLimits, inWords } from './archiveLimits.js'
import { freeSpace, noSpace } from './freeSpace.js'

export interface ImporterWatchOptions {
  readonly pid: number | undefined
  /** Folder on the disk that it writes to. */
  readonly folder: string
  readonly limits: Pick<ArchiveLimits, 'memory' | 'seconds' | 'free'>
  /** Called once, when the process must be ended. */
  readonly onProblem: (problem: HourglassError) => void
}

/** How often the process is looked at, in milliseconds: what is made of a small archive grows fast. */
const INTERVAL = 50

/** Watches the process that opens an archive: whoever wrote that may have meant to fill memory or disk. */
export class ImporterWatch {
  readonly #options: ImporterWatchOptions
  readonly #timer: NodeJS.Timeout
  readonly #started = performance.now()
  #isLooking = false

  constructor(options: ImporterWatchOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.#look(), INTERVAL)
    this.#timer.unref()
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    const problem = await this.#findProblem().finally(() => {
      this.#isLooking = false
    })
    if (!problem) return
    this.close()
    this.#options.onProblem(problem)
  }

  async #findProblem(): Promise<HourglassError | undefined> {
    const { pid, folder, limits } = this.#options
    const [usage, free] = await Promise.all([
      pid === undefined ? undefined : readProcessUsage(pid),
      // A folder that is gone is no matter of space.
      freeSpace(folder).catch(() => Number.POSITIVE_INFINITY),
    ])
    if (usage && usage.memoryBytes > limits.memory) {
      return needsMoreMemory(limits.memory)
    }
    if (free < limits.free) {
      return noSpace(`archive: expected ${inWords(limits.free)} bytes to stay free on the disk while it is opened, got ${inWords(free)}.`)
    }
    if (performance.now() - this.#started > limits.seconds * 1000) {
      return new HourglassError(
        errorCodes.badUserInput,
        `archive: expected one that is opened within ${inWords(limits.seconds)} s, got one that takes longer. Nothing was imported; try again when the machine has less to do.`,
      )
    }
    return undefined
  }
}

/** @param bytes That are not enough to open an archive. */
export function needsMoreMemory(bytes: number): HourglassError {
  return new HourglassError(
    errorCodes.badUserInput,
    `archive: expected one that ${inWords(bytes)} bytes of memory are enough to open, got one that takes more. Nothing was imported; ask whoever made it.`,
  )
}
