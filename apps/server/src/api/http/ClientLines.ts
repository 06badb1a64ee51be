import type { Client } from '../../clients/Client.js'
import { BUSY_CLIENTS_OF_A_NETWORK } from '../../clients/clientLimits.js'
import type { Log } from '../../log.js'

export interface ClientLinesOptions {
  /** Lines of one client in a period; all clients of one network have some times as many. */
  readonly most: number
  /** In seconds. */
  readonly period: number
  readonly log: Log
}

/** Writes the lines of the log that clients cause: as many in a period as one may send requests, and one that says how many more were left out. */
export class ClientLines {
  readonly #options: ClientLinesOptions
  /** Lines of this period by client and by network. */
  readonly #counts = new Map<string, number>()
  /** Those that were left out, by network. */
  readonly #leftOut = new Map<string, number>()

  constructor(options: ClientLinesOptions) {
    this.#options = options
  }

  write({ key, network }: Client, line: () => void): void {
    const { most } = this.#options
    if (this.#counts.size === 0) this.#beginPeriod()
    const isTooMany = this.#count(`client ${key}`) > most
    if (this.#count(`network ${network}`) > most * BUSY_CLIENTS_OF_A_NETWORK || isTooMany) {
      this.#leftOut.set(network, (this.#leftOut.get(network) ?? 0) + 1)
    } else line()
  }

  #count(name: string): number {
    const count = (this.#counts.get(name) ?? 0) + 1
    this.#counts.set(name, count)
    return count
  }

  #beginPeriod(): void {
    const { period, log } = this.#options
    setTimeout(() => {
      for (const [network, lines] of this.#leftOut) log.warn({ network, lines, seconds: period }, 'lines of clients left out')
      this.#counts.clear()
      this.#leftOut.clear()
    }, period * 1000).unref()
  }
}
