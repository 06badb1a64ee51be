/** Steps of a trial, of which the first does not count: the second thread wakes. It ends early once it has taken longer than those it is compared with. */
const TRIAL_STEPS = 8
/** What two threads may take of the time of one: they take a core from others. */
const WORTHWHILE = 0.95
/** Milliseconds of steps before the first trial, and the most between two. */
const PAUSES = { first: 10, last: 2560 } as const

/**
 * Chooses whether the second thread takes part, by what steps took lately with it and without: where other programs want the cores, two
 * threads wait for each other, and one is faster. It begins with one. The bits are the same.
 */
export class ThreadChoice {
  /** Whether steps between trials are computed by both threads. */
  #together = false
  #isTrial = false
  /** Milliseconds before the next trial of two threads, and of one. */
  readonly #pauses: Record<'two' | 'one', number> = { two: PAUSES.first, one: PAUSES.first }
  /** Steps since the last trial, or of this one, without the first, and what they took in milliseconds. */
  #steps = -1
  #milliseconds = 0
  /** Mean milliseconds of a step before the trial. */
  #usual = 0
  /** Mean milliseconds of a step on one thread when it was last chosen or tried. */
  #alone = Number.POSITIVE_INFINITY

  /** Whether the next step is computed by both threads. */
  get together(): boolean {
    return this.#together !== this.#isTrial
  }

  /** Says what a step took. */
  add(milliseconds: number): void {
    this.#steps++
    if (this.#steps > 0) this.#milliseconds += milliseconds
    if (this.#isTrial) this.#judgeTrial()
    else if (this.#steps >= TRIAL_STEPS && (this.#milliseconds >= this.#pauses[this.#other] || this.#disappoints)) {
      this.#usual = this.#milliseconds / this.#steps
      if (!this.#together) this.#alone = this.#usual
      this.#begin(true)
    }
  }

  get #other(): 'two' | 'one' {
    return this.#together ? 'one' : 'two'
  }

  /** Whether two threads turn out to be slower than one was. */
  get #disappoints(): boolean {
    return this.#together && this.#milliseconds > this.#steps * this.#alone
  }

  #judgeTrial(): void {
    // One thread takes the place of two where it is not much slower.
    const bound = TRIAL_STEPS * this.#usual * (this.#together ? 1 / WORTHWHILE : WORTHWHILE)
    const isLost = this.#milliseconds >= bound
    if (!isLost && this.#steps < TRIAL_STEPS) return
    const { two, one } = this.#pauses
    if (this.#together) {
      // Two threads are tried the later the more often they were given up.
      this.#pauses.two = isLost ? Math.max(PAUSES.first, two / 2) : Math.min(PAUSES.last, 2 * two)
      this.#pauses.one = isLost ? Math.min(PAUSES.last, 2 * one) : PAUSES.first
      this.#alone = this.#milliseconds / this.#steps
    } else if (isLost) this.#pauses.two = Math.min(PAUSES.last, 2 * two)
    if (!isLost) this.#together = !this.#together
    this.#begin(false)
  }

  #begin(isTrial: boolean): void {
    this.#isTrial = isTrial
    this.#steps = -1
    this.#milliseconds = 0
  }
}
