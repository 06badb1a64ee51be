/** Steps of a trial, of which the first does not count: the second thread wakes. It ends early once it has taken longer than those it is compared with. */
const TRIAL_STEPS = 8
/** By how much two threads must be faster than one to be chosen: they take a core from others. */
const WORTHWHILE = 0.95
/** Milliseconds of steps between trials: after each that changed nothing twice as many as before, up to the last. */
const PAUSES = { first: 10, last: 1280 } as const

/**
 * Chooses whether the second thread takes part, by what steps took lately with it and without: where other programs want the cores, two
 * threads wait for each other, and one is faster. It begins with one. The bits are the same.
 */
export class ThreadChoice {
  /** Whether steps between trials are computed by both threads. */
  #together = false
  #isTrial = false
  #pause: number = PAUSES.first
  /** Steps since the last trial, or of this one, without the first, and what they took in milliseconds. */
  #steps = -1
  #milliseconds = 0
  /** Mean milliseconds of a step before the trial. */
  #usual = 0

  /** Whether the next step is computed by both threads. */
  get together(): boolean {
    return this.#together !== this.#isTrial
  }

  /** Says what a step took. */
  add(milliseconds: number): void {
    this.#steps++
    if (this.#steps > 0) this.#milliseconds += milliseconds
    if (this.#isTrial) this.#judgeTrial()
    else if (this.#steps >= TRIAL_STEPS && this.#milliseconds >= this.#pause) {
      this.#usual = this.#milliseconds / this.#steps
      this.#begin(true)
    }
  }

  #judgeTrial(): void {
    // One thread takes the place of two where it is not much slower.
    const bound = TRIAL_STEPS * this.#usual * (this.#together ? 1 / WORTHWHILE : WORTHWHILE)
    const isLost = this.#milliseconds >= bound
    if (!isLost && this.#steps < TRIAL_STEPS) return
    this.#pause = isLost ? Math.min(PAUSES.last, 2 * this.#pause) : PAUSES.first
    if (!isLost) this.#together = !this.#together
    this.#begin(false)
  }

  #begin(isTrial: boolean): void {
    this.#isTrial = isTrial
    this.#steps = -1
    this.#milliseconds = 0
  }
}
