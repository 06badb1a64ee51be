import { setImmediate as nextTurn } from 'node:timers/promises'

/** For so long a piece of work may keep the process from everything else, in milliseconds. */
const SLICE = 10

/**
 * Does the heavy parts of one operation one after another, and lets everything else have its turn in between. What has not begun when the operation's client
 * leaves, or when its time is over, does not begin.
 */
export class Work {
  readonly #signal: AbortSignal
  #last: Promise<unknown> = Promise.resolve()
  #sliceEnds = 0

  constructor(signal: AbortSignal) {
    this.#signal = signal
  }

  /** Does a part when those before it are done. Rejects with the signal's reason where that comes first. */
  do<Result>(part: () => Promise<Result> | Result): Promise<Result> {
    const done = this.#last.then(async () => {
      if (performance.now() > this.#sliceEnds) {
        await nextTurn()
        this.#sliceEnds = performance.now() + SLICE
      }
      this.#signal.throwIfAborted()
      return part()
    })
    this.#last = done.catch(() => undefined)
    return done
  }
}
