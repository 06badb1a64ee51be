import { tryProcess } from '../processes/tryProcess.js'

/** Pause after the system refused a process, in milliseconds; twice as long each time, up to the longest. */
const PAUSE = 1_000
const LONGEST_PAUSE = 60_000

/** Knows whether the system starts processes: where it refuses, no run is taken from the queue before one could be started again. */
export class StartRefusals {
  readonly #onRetry: () => void
  #reason: string | null = null
  #pause = PAUSE
  #timer: NodeJS.Timeout | undefined

  /** @param onRetry Called when it is time to look again. */
  constructor(onRetry: () => void) {
    this.#onRetry = onRetry
  }

  /** Why the system starts no processes; null where it does, as far as is known. */
  get reason(): string | null {
    return this.#reason
  }

  refused(reason: string): void {
    this.#reason = reason
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#onRetry()
    }, this.#pause).unref()
    this.#pause = Math.min(2 * this.#pause, LONGEST_PAUSE)
  }

  started(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#reason = null
    this.#pause = PAUSE
  }

  /** Tells whether a run may be taken from the queue; after a refusal a process that does nothing goes ahead. */
  async mayStart(): Promise<boolean> {
    if (this.#timer) return false
    if (this.#reason === null) return true
    this.#reason = await tryProcess()
    if (this.#reason !== null) this.refused(this.#reason)
    return this.#reason === null
  }
}
