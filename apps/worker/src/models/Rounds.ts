/** Work that is done a turn at a time. */
export interface Job {
  /** Does a part of it; returns whether all is done. Must not reject. */
  readonly step: () => Promise<boolean>
}

/** Does jobs a turn at a time, clients in turn: however much one asks for, and however long it takes, another's next turn comes after one of each. */
export class Rounds {
  readonly #lines = new Map<string, Job[]>()
  #isRunning = false

  add(client: string, job: Job): void {
    const line = this.#lines.get(client)
    if (line) line.push(job)
    else this.#lines.set(client, [job])
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (;;) {
      const [first] = this.#lines
      if (!first) break
      const [client, line] = first
      const [job] = line
      if (!job || (await job.step())) line.shift()
      // The round goes on with another client.
      this.#lines.delete(client)
      if (line.length > 0) this.#lines.set(client, line)
      // What arrived meanwhile is heard: calls of others, and those that are cancelled.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#isRunning = false
  }
}
