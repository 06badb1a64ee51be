import type { Client } from './Client.js'
import { WaitingLine } from './WaitingLine.js'

interface Waiting {
  readonly client: Client
  readonly start: () => void
}

/**
 * Lets a few operations run at a time: networks in turn, and of one network its clients in turn. One who asks for a thousand things, under one name or under
 * many, has one place in the round as everybody else, and waits for its other 999 itself. However long its operations take, no client has more than half of
 * what runs at a time, and no network more than three quarters.
 */
export class Turns {
  readonly #atOnce: number
  readonly #waiting = new WaitingLine<Waiting>()
  readonly #ofClients = new Map<string, number>()
  readonly #ofNetworks = new Map<string, number>()
  #total = 0

  /** @param atOnce Operations that run at the same time. */
  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  /** Waits for a turn; returns how to end it. Rejects with the reason of a signal that comes first. */
  async take(client: Client, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    if (this.#mayStart(client) && !this.#waiting.has(client)) this.#begin(client)
    else await this.#wait(client, signal)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#finish(client)
    }
  }

  #mayStart({ network, key }: Client): boolean {
    return this.#total < this.#atOnce && this.#mayNetworkStart(network) && this.#mayClientStart(key)
  }

  #mayNetworkStart(network: string): boolean {
    return (this.#ofNetworks.get(network) ?? 0) < Math.ceil((this.#atOnce * 3) / 4)
  }

  #mayClientStart(key: string): boolean {
    return (this.#ofClients.get(key) ?? 0) < Math.ceil(this.#atOnce / 2)
  }

  #begin({ network, key }: Client): void {
    this.#total++
    addTo(this.#ofNetworks, network, 1)
    addTo(this.#ofClients, key, 1)
  }

  #finish({ network, key }: Client): void {
    this.#total--
    addTo(this.#ofNetworks, network, -1)
    addTo(this.#ofClients, key, -1)
    this.#startNext()
  }

  #wait(client: Client, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting.remove(client, waiting)
        reject(signal?.reason)
      }
      const waiting: Waiting = {
        client,
        start: () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      this.#waiting.add(client, waiting)
    })
  }

  #startNext(): void {
    if (this.#total >= this.#atOnce) return
    const next = this.#waiting.next({ network: (name) => this.#mayNetworkStart(name), client: (key) => this.#mayClientStart(key) })
    if (!next) return
    this.#begin(next.client)
    next.start()
  }
}

/** Counts by name; what comes to nothing is not kept. */
function addTo(counts: Map<string, number>, name: string, added: number): void {
  const count = (counts.get(name) ?? 0) + added
  if (count === 0) counts.delete(name)
  else counts.set(name, count)
}
