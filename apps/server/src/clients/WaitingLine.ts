import type { Client } from './Client.js'

type Whose = Pick<Client, 'network' | 'key'>

/** Tells whether something of a network, or of a client, may be next. */
export interface MayBeNext {
  readonly network: (network: string) => boolean
  readonly client: (key: string) => boolean
}

/** Keeps what waits in the order in which it has its turn: networks in turn, of one network its clients in turn, and what a client waits for as it came. */
export class WaitingLine<Item> {
  /** By network, and by client of it; those whose turn is longest ago come first. */
  readonly #networks = new Map<string, Map<string, Item[]>>()

  add({ network, key }: Whose, item: Item): void {
    const clients = this.#networks.get(network) ?? new Map<string, Item[]>()
    this.#networks.set(network, clients)
    const items = clients.get(key)
    if (items) items.push(item)
    else clients.set(key, [item])
  }

  /** Whether the client waits for anything. */
  has({ network, key }: Whose): boolean {
    return this.#networks.get(network)?.has(key) ?? false
  }

  remove({ network, key }: Whose, item: Item): void {
    const clients = this.#networks.get(network)
    const items = clients?.get(key)
    const place = items?.indexOf(item) ?? -1
    if (!clients || !items || place < 0) return
    items.splice(place, 1)
    if (items.length === 0) clients.delete(key)
    if (clients.size === 0) this.#networks.delete(network)
  }

  /** Takes out what has its turn, undefined where nothing may be next. */
  next(may: MayBeNext): Item | undefined {
    for (const [network, clients] of this.#networks) {
      if (!may.network(network)) continue
      const [key, items = []] = [...clients].find(([each]) => may.client(each)) ?? []
      if (key === undefined) continue
      const item = items.shift()
      // The round goes on with another client, and with another network.
      clients.delete(key)
      if (items.length > 0) clients.set(key, items)
      this.#networks.delete(network)
      if (clients.size > 0) this.#networks.set(network, clients)
      return item
    }
    return undefined
  }
}
