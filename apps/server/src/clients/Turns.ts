import type { Client } from './Client.js'

interface Waiting {
  readonly start: () => void
}

/**
 * Lets a few operations run at a time, clients in turn: one who asks for a thousand things has one place in the round as everybody else, and waits for its
 * other 999 itself. No client has more than half of what runs at a time, however long its operations take.
 */
export class Turns {
  readonly #atOnce: number
  readonly #waiting = new Map<string, Waiting[]>()
  readonly #running = new Map<string, number>()
  #total = 0

  /** @param atOnce Operations that run at the same time. */
  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  /** Waits for a turn; returns how to end it. Rejects with the reason of a signal that comes first. */
  async take(client: Client, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    if (this.#mayStart(client.key) && !this.#waiting.has(client.key)) this.#begin(client.key)
    else await this.#wait(client.key, signal)
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#finish(client.key)
    }
  }

  #mayStart(key: string): boolean {
    return this.#total < this.#atOnce && (this.#running.get(key) ?? 0) < Math.ceil(this.#atOnce / 2)
  }

  #begin(key: string): void {
    this.#total++
    this.#running.set(key, (this.#running.get(key) ?? 0) + 1)
  }

  #finish(key: string): void {
    this.#total--
    const left = (this.#running.get(key) ?? 1) - 1
    if (left === 0) this.#running.delete(key)
    else this.#running.set(key, left)
    this.#startNext()
  }

  #wait(key: string, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = this.#waiting.get(key) ?? []
      const leave = () => {
        line.splice(line.indexOf(waiting), 1)
        if (line.length === 0 && this.#waiting.get(key) === line) this.#waiting.delete(key)
        reject(signal?.reason)
      }
      const waiting: Waiting = {
        start: () => {
          signal?.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal?.addEventListener('abort', leave, { once: true })
      line.push(waiting)
      this.#waiting.set(key, line)
    })
  }

  #startNext(): void {
    const first = [...this.#waiting].find(([key]) => this.#mayStart(key))
    if (!first) return
    const [key, line] = first
    const next = line.shift()
    // The round goes on with another client.
    this.#waiting.delete(key)
    if (line.length > 0) this.#waiting.set(key, line)
    this.#begin(key)
    next?.start()
  }
}
