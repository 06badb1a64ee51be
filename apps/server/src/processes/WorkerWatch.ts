import { aliveSchema } from '@hourglass/protocol'
import { readProcessUsage } from './processUsage.js'
import { type Pace, StallWatch } from './StallWatch.js'

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
  /** On how many processors it computes at most at a time. */
  readonly threads: number
  /** Whether it waits for what is not its own affair. @default never */
  readonly isExcused?: () => boolean
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
 * Watches one worker: tells when it hangs, silently or while it says that it is alive, and when it takes more memory than it may. Time is counted in looks, so that a server that was itself
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
  #pace: Pace | null = null
  readonly #stall: StallWatch
  #isLooking = false
  #hasTold = false

  constructor(options: WorkerWatchOptions) {
    this.#options = options
    this.#stall = new StallWatch(options)
    this.#timer = setInterval(() => void this.#look(), INTERVAL)
    this.#timer.unref()
  }

  /** Since it last answered, or was started. */
  get silentSeconds(): number {
    return secondsOf(this.#silentLooks)
  }

  /** Whether it is about to be ended: it has been silent, or got on with nothing, for half as long as it may. */
  get isHanging(): boolean {
    const isSilent = this.#isIdleFor(this.#options.silentSeconds / 2) || this.silentSeconds >= this.#longestSilence / 2
    return isSilent || this.#stall.share(this.#pace) >= 0.5
  }

  /** What it held in memory when that was last seen. */
  get memoryBytes(): number {
    return this.#memoryBytes
  }

  /** Takes any report of the worker as a sign that it answers, and any but those that say no more as one that it gets on. */
  heard(report: unknown): void {
    this.#silentLooks = 0
    this.#idleLooks = 0
    const { data: alive } = aliveSchema.safeParse(report)
    if (!alive || this.#options.isExcused?.()) this.#stall.progressed()
    if (!alive) return
    // What it says of its memory is for systems that do not tell.
    this.#checkMemory(alive.memoryBytes)
    this.#stall.beat(alive)
    if (this.#stall.share(this.#pace) >= 1) this.#hangs(this.#stall.describe())
  }

  /** Takes how long the worker takes for what it does, as it has said; null while it is at what may take longer and is not known. */
  expect(pace: Pace | null): void {
    this.#pace = pace
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
    const isIdle = this.#isIdleFor(silentSeconds)
    const silent = this.silentSeconds
    if (!isIdle && silent < this.#longestSilence) return
    this.#hangs(`answered nothing for ${Math.round(silent)} s${isIdle ? ' and computed nothing' : ''}`)
  }

  get #longestSilence(): number {
    return longestSilence(this.#options.silentSeconds, this.#pace?.stepSeconds ?? null)
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

  #hangs(how: string): void {
    this.#tell({ code: 'WORKER_HUNG', message: `${this.#options.subject} ${how}, and was ended.`, isPassing: true })
  }

  #tell(problem: WorkerProblem): void {
    if (this.#hasTold) return
    this.#hasTold = true
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
