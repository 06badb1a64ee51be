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

  /** Resolves once the latch is set, the signal aborts or the time, in milliseconds, is over. For one waiter at a time. */
  wait(signal: AbortSignal, milliseconds?: number): Promise<void> {
    if (this.#isSet || signal.aborted) return Promise.resolve()
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', finish)
        this.#release = undefined
        resolve()
      }
      const timer = milliseconds === undefined ? undefined : setTimeout(finish, milliseconds)
      signal.addEventListener('abort', finish, { once: true })
      this.#release = finish
    })
  }
}
