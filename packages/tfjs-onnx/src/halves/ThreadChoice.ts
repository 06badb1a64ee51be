/** How many milliseconds the way that was slower is tried, at most and at least, before the next choice. */
const TRIAL_MILLISECONDS = 4
/** Steps that a trial has at least; of the first one the time is not counted, while the second thread wakes. */
const TRIAL_STEPS = 4
/** Milliseconds between trials: after a choice that did not change twice as many as before it, up to the last. */
const PAUSES = { first: 40, last: 1280 } as const

interface Phase {
  readonly together: boolean
  steps: number
  milliseconds: number
}

/**
 * Chooses whether the second thread takes part, by what steps took lately with it and without: where other programs want the cores, two
 * threads wait for each other, and one is faster. The bits are the same.
 */
export class ThreadChoice {
  #together = true
  #pause: number = PAUSES.first
  /** Mean milliseconds of a step of the way that is chosen, since the last trial. */
  #phase: Phase = { together: true, steps: 0, milliseconds: 0 }
  #chosen: number | undefined

  /** Whether the next step is computed by both threads. */
  get together(): boolean {
    return this.#phase.together
  }

  /** Says what a step took. */
  add(milliseconds: number): void {
    const phase = this.#phase
    phase.steps++
    if (phase.steps > 1) phase.milliseconds += milliseconds
    const isTrial = phase.together !== this.#together
    if (phase.steps < TRIAL_STEPS || phase.milliseconds < (isTrial ? TRIAL_MILLISECONDS : this.#pause)) return
    const mean = phase.milliseconds / (phase.steps - 1)
    if (!isTrial) {
      this.#chosen = mean
      this.#begin(!this.#together)
      return
    }
    const isBetter = mean < (this.#chosen ?? Number.POSITIVE_INFINITY)
    if (isBetter) this.#together = phase.together
    this.#pause = isBetter ? PAUSES.first : Math.min(PAUSES.last, 2 * this.#pause)
    this.#begin(this.#together)
  }

  #begin(together: boolean): void {
    this.#phase = { together, steps: 0, milliseconds: 0 }
  }
}
