import type { Client } from './Client.js'

interface Waiting {
  readonly start: () => void
}

/**
 * Lets a few operations run at a time, clients in turn: one who asks for a thousand things has one place in the round as everybody else, and waits for its
 * other 999 itself.
 */
export class Turns {
  readonly #atOnce: number
  readonly #waiting = new Map<string, Waiting[]>()
  #running = 0

  /** @param atOnce Operations that run at the same time. */
  constructor(atOnce: number) {
    this.#atOnce = atOnce
  }

  /** Waits for a turn; returns how to end it. Rejects with the signal's reason where that comes first. */
  async take(client: Client, signal: AbortSignal): Promise<() => void> {
    signal.throwIfAborted()
    if (this.#running >= this.#atOnce || this.#waiting.size > 0) await this.#wait(client.key, signal)
    else this.#running++
    let isOver = false
    return () => {
      if (isOver) return
      isOver = true
      this.#running--
      this.#startNext()
    }
  }

  #wait(key: string, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const line = this.#waiting.get(key) ?? []
      const leave = () => {
        line.splice(line.indexOf(waiting), 1)
        if (line.length === 0 && this.#waiting.get(key) === line) this.#waiting.delete(key)
        reject(signal.reason)
      }
      const waiting: Waiting = {
        start: () => {
          signal.removeEventListener('abort', leave)
          resolve()
        },
      }
      signal.addEventListener('abort', leave, { once: true })
      line.push(waiting)
      this.#waiting.set(key, line)
    })
  }

  #startNext(): void {
    const [first] = this.#waiting
    if (!first || this.#running >= this.#atOnce) return
    const [key, line] = first
    const next = line.shift()
    // The round goes on with another client.
    this.#waiting.delete(key)
    if (line.length > 0) this.#waiting.set(key, line)
    this.#running++
    next?.start()
  }
}
