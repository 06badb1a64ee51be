import type { RunProgress, RunReportOf } from '@hourglass/protocol'
import type { StoreWait } from '../database/StoreState.js'
import type { LiveProgress, Obstacle } from '../runs/LiveProgress.js'

/** Knows where one run is, and what it waits for: the store that is to take its report, or the disk that is to take its files. */
export class Standing {
  readonly #start: RunProgress
  #report: RunProgress | undefined
  #files: Obstacle | null = null
  #store: Obstacle | null = null
  #isRecording = false
  #progress: LiveProgress | undefined

  constructor({ epochs, epochsCompleted }: { readonly epochs: number | null; readonly epochsCompleted: number }) {
    const nowhere = { step: 0, stepsPerEpoch: 0, imagesPerSecond: 0, secondsLeft: 0 }
    this.#start = { type: 'progress', stage: 'starting', epoch: epochsCompleted, epochs: epochs ?? 0, ...nowhere }
  }

  /** The same object until something of it changes; undefined while nothing is known. */
  get progress(): LiveProgress | undefined {
    return this.#progress
  }

  /** Whether it waits for its files, or for its report to be stored. */
  get isWaiting(): boolean {
    return this.#isRecording || this.#files !== null
  }

  reported(report: RunProgress | RunReportOf<'waiting'>): void {
    if (report.type === 'waiting') this.#files = report.reason
    else this.#report = report
    this.#renew()
  }

  /** A report begins to be stored. */
  recording(wait: StoreWait | null): void {
    this.#isRecording = true
    this.storeChanged(wait)
  }

  /** It is stored, or never will be. Returns whether that changes what is shown. */
  recorded(): boolean {
    this.#isRecording = false
    return this.#waitForStore(null)
  }

  /** Tells whether writes wait. Returns whether that changes what is shown. */
  storeChanged(wait: StoreWait | null): boolean {
    return this.#waitForStore(wait && this.#isRecording ? { code: wait.code, message: describeWait(wait) } : null)
  }

  #waitForStore(obstacle: Obstacle | null): boolean {
    if (obstacle?.message === this.#store?.message) return false
    this.#store = obstacle
    this.#renew()
    return true
  }

  #renew(): void {
    const waitingFor = this.#store ?? this.#files
    if (!this.#report && !waitingFor && !this.#progress) return
    this.#progress = { ...(this.#report ?? this.#start), waitingFor }
  }
}

function describeWait({ reason, remedy }: StoreWait): string {
  return `Waiting for the store: ${reason}. ${remedy}`
}
