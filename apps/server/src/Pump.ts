/** Runs a job again for every time it was asked to while it ran, at most once more, and never twice at a time. */
export class Pump {
  readonly #job: () => Promise<void>
  #running: Promise<void> | undefined
  #isAskedAgain = false
  #isClosed = false

  constructor(job: () => Promise<void>) {
    this.#job = job
  }

  run(): void {
    if (this.#isClosed) return
    this.#isAskedAgain = true
    this.#running ??= this.#repeat()
  }

  /** Resolves when nothing runs. */
  async idle(): Promise<void> {
    while (this.#running) await this.#running
  }

  /** Lets the job that runs finish and starts no other. */
  async close(): Promise<void> {
    this.#isClosed = true
    await this.idle()
  }

  async #repeat(): Promise<void> {
    try {
      while (this.#isAskedAgain && !this.#isClosed) {
        this.#isAskedAgain = false
        await this.#job()
      }
    } finally {
      this.#running = undefined
    }
  }
}
