/** Remembers that it was set until someone waits for it, so that no wake-up is lost between reading and waiting. */
export class Latch {
  #isSet = false
  #release: (() => void) | undefined

  set(): void {
    this.#isSet = true
    this.#release?.()
  }

  clear(): void {
    this.#isSet = false
  }

  /** Resolves once the latch is set, or the time, in milliseconds, is over. For one waiter at a time. */
  wait(milliseconds?: number): Promise<void> {
    if (this.#isSet) return Promise.resolve()
    return new Promise((resolve) => {
      const timer = milliseconds === undefined ? undefined : setTimeout(() => this.#release?.(), milliseconds)
      this.#release = () => {
        if (timer !== undefined) clearTimeout(timer)
        this.#release = undefined
        resolve()
      }
    })
  }
}
