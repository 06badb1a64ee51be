import { readProcessUsage } from './processUsage.js'

/** Why a worker is ended that nobody asked to end. */
export interface WorkerProblem {
  readonly code: string
  readonly message: string
  /** Whether it may be otherwise the next time. */
  readonly isPassing: boolean
}

export interface WatchLimits {
  /** How long a worker may be silent and use no processor, in seconds. */
  readonly silentSeconds: number
  /** What it may hold in memory. */
  readonly memoryBytes: number
}

export interface WorkerWatchOptions extends WatchLimits {
  readonly pid: number | undefined
  /** Begins the sentence that says why it is ended. */
  readonly subject: string
  /** Called once, when the worker must be ended. */
  readonly onProblem: (problem: WorkerProblem) => void
}

/** A worker that computes, and has not said how long its steps are, may be silent for so many times as long. */
const BUSY_FACTOR = 15
/** One that has said so may be silent for as many of its steps: it answers between two of them. */
const STEPS = 10
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
  #stepSeconds: number | null = null
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

  /** Whether it is about to be ended: it has been silent for half as long as it may. */
  get isHanging(): boolean {
    return this.#isIdleFor(this.#options.silentSeconds / 2) || this.silentSeconds >= this.#longestSilence / 2
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

  /** Takes how long the worker computes at a time, as it has said, in seconds; null while it is at what may take longer and is not known. */
  expect(stepSeconds: number | null): void {
    this.#stepSeconds = stepSeconds
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
    const { pid, silentSeconds, subject } = this.#options
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
    const isIdle = this.#isIdleFor(silentSeconds)
    const silent = this.silentSeconds
    if (!isIdle && silent < this.#longestSilence) return
    this.#tell({
      code: 'WORKER_HUNG',
      message: `${subject} answered nothing for ${Math.round(silent)} s${isIdle ? ' and computed nothing' : ''}, and was ended.`,
      isPassing: true,
    })
  }

  get #longestSilence(): number {
    return longestSilence(this.#options.silentSeconds, this.#stepSeconds)
  }

  #isIdleFor(seconds: number): boolean {
    return this.#isSeen && secondsOf(this.#idleLooks) >= seconds
  }

  #checkMemory(memoryBytes: number): void {
    const { memoryBytes: limit, subject } = this.#options
    this.#memoryBytes = memoryBytes
    if (memoryBytes <= limit) return
    this.#tell({
      code: 'OUT_OF_MEMORY_LIMIT',
      message: `${subject} took ${megabytes(memoryBytes)} of memory, expected at most ${megabytes(limit)}, and was ended. Launch it with smaller batches or fewer filters or units, or raise HOURGLASS_WORKER_MEGABYTES.`,
      isPassing: false,
    })
  }

  #tell(problem: WorkerProblem): void {
    this.close()
    this.#options.onProblem(problem)
  }
}

/** How long a worker that computes may be silent, in seconds, where one that is idle may be for `silentSeconds`. */
export function longestSilence(silentSeconds: number, stepSeconds: number | null): number {
  return stepSeconds === null ? silentSeconds * BUSY_FACTOR : Math.max(silentSeconds, stepSeconds * STEPS)
}

function secondsOf(looks: number): number {
  return (looks * INTERVAL) / 1000
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1e6).toLocaleString('en')} MB`
}
