import { setImmediate } from 'node:timers/promises'

/** How long training may keep the event loop to itself, which bounds how late an abort or a message is noticed. */
const BREATH_MILLISECONDS = 50
const PROGRESS_MILLISECONDS = 200

/** Decides when training pauses for the event loop and when it reports, whatever the length of a step. */
export class Pace {
  #lastBreath = performance.now()
  #lastProgress = performance.now()

  constructor(private readonly signal: AbortSignal | undefined) {}

  get aborted(): boolean {
    return this.signal?.aborted ?? false
  }

  /** Throws the signal's reason where training is aborted. */
  throwIfAborted(): void {
    this.signal?.throwIfAborted()
  }

  /** Lets timers and messages run where that is due. */
  async breathe(): Promise<void> {
    if (performance.now() - this.#lastBreath < BREATH_MILLISECONDS) return
    await setImmediate()
    this.#lastBreath = performance.now()
  }

  /** Tells whether a progress report is due, and counts it as made. */
  takeProgress(): boolean {
    const now = performance.now()
    if (now - this.#lastProgress < PROGRESS_MILLISECONDS) return false
    this.#lastProgress = now
    return true
  }
}
