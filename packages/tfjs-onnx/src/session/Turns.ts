/** Long enough to cost nothing beside the work between, short enough that a message or a timer hardly waits. */
const MOST_MILLISECONDS = 4

/** Lets whatever else waits in the event loop have its turn, now and then, between pieces of work that would never leave it one. */
export class Turns {
  #last = performance.now()

  /** Resolves at once, or after a turn of the event loop where the last one was 4 ms ago. */
  async take(): Promise<void> {
    if (performance.now() - this.#last < MOST_MILLISECONDS) return
    await new Promise((resolve) => setImmediate(resolve))
    this.#last = performance.now()
  }
}
