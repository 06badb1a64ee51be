/** Work that is done a turn at a time. */
export interface Job {
  /** Does a part of it; returns whether all is done. Must not reject. */
  readonly step: () => Promise<boolean>
}

/** Whose a job is. */
export interface JobOwner {
  readonly network: string
  /** Names the client in its network. */
  readonly key: string
}

/**
 * Does jobs a turn at a time: networks in turn, and of one network its clients in turn. However much one asks for, under however many names, and however long
 * it takes, another's next turn comes after one of each.
 */
export class Rounds {
  /** By network, and by client of it; those whose turn is longest ago come first. */
  readonly #networks = new Map<string, Map<string, Job[]>>()
  #isRunning = false

  add({ network, key }: JobOwner, job: Job): void {
    const clients = this.#networks.get(network) ?? new Map<string, Job[]>()
    this.#networks.set(network, clients)
    const line = clients.get(key)
    if (line) line.push(job)
    else clients.set(key, [job])
    if (!this.#isRunning) void this.#run()
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    for (;;) {
      const [first] = this.#networks
      if (!first) break
      const [network, clients] = first
      await this.#serve(clients)
      // The round goes on with another network.
      this.#networks.delete(network)
      if (clients.size > 0) this.#networks.set(network, clients)
      // What arrived meanwhile is heard: calls of others, and those that are cancelled.
      await new Promise((resolve) => setImmediate(resolve))
    }
    this.#isRunning = false
  }

  /** Gives a turn to the client of a network that waits longest for it. */
  async #serve(clients: Map<string, Job[]>): Promise<void> {
    const [first] = clients
    if (!first) return
    const [key, line] = first
    const [job] = line
    if (!job || (await job.step())) line.shift()
    clients.delete(key)
    if (line.length > 0) clients.set(key, line)
  }
}
