import type { Connection } from './Connection.js'

/** Counts on how many connections each address is served: no address has more than are left for all others. */
export class Places {
  readonly #total: number
  readonly #taken = new Map<string, number>()
  readonly #cut = new Map<string, number>()
  #all = 0

  /** @param total Connections on which anybody is served. */
  constructor(total: number) {
    this.#total = total
  }

  /** Says whom a connection serves from now on; false where that address has as many as it may. */
  take(connection: Connection, address: string): boolean {
    if ((this.#taken.get(address) ?? 0) >= this.#total - this.#all) return false
    connection.address = address
    add(this.#taken, address, 1)
    this.#all++
    return true
  }

  /** Counts the connection as one that is cut until it is released. */
  cut({ address }: Connection): void {
    if (address !== undefined) add(this.#cut, address, 1)
  }

  cutOf(address: string): number {
    return this.#cut.get(address) ?? 0
  }

  release(connection: Connection): void {
    const { address } = connection
    if (address === undefined) return
    connection.address = undefined
    this.#all--
    add(this.#taken, address, -1)
    if (connection.isCut) add(this.#cut, address, -1)
  }
}

/** What comes to nothing is not kept. */
function add(counts: Map<string, number>, name: string, count: number): void {
  const sum = (counts.get(name) ?? 0) + count
  if (sum === 0) counts.delete(name)
  else counts.set(name, sum)
}
