export interface HeartbeatLimits {
  readonly intervalMilliseconds: number
  /** Pings without any answer after which nobody is there. */
  readonly mostUnanswered: number
}

/** Half a minute: the worker computes a few milliseconds at a time, but a machine may be busy with something else. */
const usualLimits: HeartbeatLimits = { intervalMilliseconds: 5000, mostUnanswered: 6 }

interface HeartbeatOptions {
  readonly ping: () => void
  /** Told once, with how long nothing was heard. */
  readonly onSilence: (seconds: number) => void
  readonly limits?: Partial<HeartbeatLimits> | undefined
}

/**
 * Asks again and again whether somebody is still there. It counts pings, not time: while a computer sleeps neither is sent, and a page that was
 * held up hears the answers before it sends the next.
 */
export class Heartbeat {
  readonly #options: HeartbeatOptions
  readonly #limits: HeartbeatLimits
  #timer: ReturnType<typeof setInterval> | undefined
  #unanswered = 0

  constructor(options: HeartbeatOptions) {
    this.#options = options
    this.#limits = { ...usualLimits, ...options.limits }
  }

  start(): void {
    this.#timer ??= setInterval(() => this.#beat(), this.#limits.intervalMilliseconds)
  }

  /** Takes any message for a sign of life. */
  heard(): void {
    this.#unanswered = 0
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#unanswered = 0
  }

  #beat(): void {
    const { intervalMilliseconds, mostUnanswered } = this.#limits
    if (this.#unanswered >= mostUnanswered) {
      this.stop()
      this.#options.onSilence((intervalMilliseconds * mostUnanswered) / 1000)
    } else {
      this.#unanswered++
      this.#options.ping()
    }
  }
}
