import type { WorkerProblem } from './decideOutcome.js'
import { readProcessUsage } from './processUsage.js'

export interface WatchLimits {
  /** How long a worker may be silent and use no processor, in seconds. */
  readonly silentSeconds: number
  /** What it may hold in memory. */
  readonly memoryBytes: number
}

export interface WorkerWatchOptions extends WatchLimits {
  readonly pid: number | undefined
  /** Called once, when the worker must be ended. */
  readonly onProblem: (problem: WorkerProblem) => void
}

/** A step of a large model keeps a worker from answering, at full load: silence is a hang only after so many times as long. */
const BUSY_FACTOR = 15
/** How often a worker is looked at, in milliseconds. */
const INTERVAL = 250

/**
 * Watches one worker: tells when it hangs, and when it takes more memory than it may. Time is counted in looks, so that a server that was itself
 * suspended takes no worker for one that hangs.
 */
export class WorkerWatch {
  readonly #options: WorkerWatchOptions
  readonly #timer: NodeJS.Timeout
  #silentLooks = 0
  #idleLooks = 0
  #processorTicks = 0
  #memoryBytes = 0
  /** Whether the system tells what the process uses. */
  #isSeen = false
  #isLooking = false

  constructor(options: WorkerWatchOptions) {
    this.#options = options
    this.#timer = setInterval(() => void this.#look(), INTERVAL)
    this.#timer.unref()
  }

  /** Since it last answered, or was started. */
  get silentSeconds(): number {
    return secondsOf(this.#silentLooks)
  }

  /** What it held in memory when that was last seen. */
  get memoryBytes(): number {
    return this.#memoryBytes
  }

  /** Takes any report of the worker as a sign that it answers. */
  heard(): void {
    this.#silentLooks = 0
    this.#idleLooks = 0
  }

  /** Takes what the worker says of its memory, for systems that do not tell. */
  measured(memoryBytes: number): void {
    this.#checkMemory(memoryBytes)
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #look(): Promise<void> {
    if (this.#isLooking) return
    this.#isLooking = true
    const { pid, silentSeconds } = this.#options
    const usage = pid === undefined ? undefined : await readProcessUsage(pid)
    this.#isLooking = false
    this.#silentLooks++
    this.#idleLooks++
    if (usage) {
      this.#isSeen = true
      if (usage.processorTicks !== this.#processorTicks) this.#idleLooks = 0
      this.#processorTicks = usage.processorTicks
      this.#checkMemory(usage.memoryBytes)
    }
    const isIdle = this.#isSeen && secondsOf(this.#idleLooks) >= silentSeconds
    const silent = this.silentSeconds
    if (!isIdle && silent < silentSeconds * BUSY_FACTOR) return
    this.#tell({
      code: 'WORKER_HUNG',
      message: `The run’s process answered nothing for ${Math.round(silent)} s${isIdle ? ' and computed nothing' : ''}, and was ended.`,
      isPassing: true,
    })
  }

  #checkMemory(memoryBytes: number): void {
    const { memoryBytes: limit } = this.#options
    this.#memoryBytes = memoryBytes
    if (memoryBytes <= limit) return
    this.#tell({
      code: 'OUT_OF_MEMORY_LIMIT',
      message: `The run’s process took ${megabytes(memoryBytes)} of memory, expected at most ${megabytes(limit)}, and was ended. Launch it with smaller batches or fewer filters or units, or raise HOURGLASS_WORKER_MEGABYTES.`,
      isPassing: false,
    })
  }

  #tell(problem: WorkerProblem): void {
    this.close()
    this.#options.onProblem(problem)
  }
}

function secondsOf(looks: number): number {
  return (looks * INTERVAL) / 1000
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`
}
