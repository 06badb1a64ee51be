export interface SocketLifeOptions {
  /** How long an answer to a ping may take, in milliseconds. */
  readonly pongWithin: number
  /** How long it may take to connect. */
  readonly connectWithin: number
  /** Called once nothing answers any more. */
  readonly onDead: () => void
}

/** A timer that fires so much later than it was due belongs to a page that slept, in milliseconds. */
const SLEPT = 1_000

/**
 * Tells when whoever is at the other end of a socket answers no more: a server that hangs or a cable that is pulled closes nothing. Time in which this page
 * slept itself is nobody's silence: then the answer may lie here unread, and is waited for once more.
 */
export class SocketLife {
  readonly #options: SocketLifeOptions
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(options: SocketLifeOptions) {
    this.#options = options
  }

  connecting(): void {
    this.#expect(this.#options.connectWithin)
  }

  pinged(): void {
    this.#expect(this.#options.pongWithin)
  }

  /** Something came from the other end, or nothing is expected from it any more. */
  settled(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #expect(within: number, isSecond = false): void {
    this.settled()
    const due = Date.now() + within
    this.#timer = setTimeout(() => {
      if (!isSecond && Date.now() - due > SLEPT) this.#expect(within, true)
      else this.#options.onDead()
    }, within)
  }
}
