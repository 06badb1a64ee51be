import { WebSocket } from 'ws'

/** From so many unread bytes on, nothing more is taken of a client. */
const PAUSE_BYTES = 256 * 1024
/** From so many messages on that wait for their turn, likewise. */
const PAUSE_MESSAGES = 16

type Sent = (error?: Error) => void

/**
 * A WebSocket that listens only as fast as its client reads, and as its messages have their turns: while much of what was sent to it waits to be read, or
 * many of its messages wait, it takes no more of them, so that the client's own sending comes to a halt and nothing piles up here. (Pings it answers itself;
 * it ends a client that leaves too many pongs unread.)
 */
export class PacedSocket extends WebSocket {
  /** Called after something was sent. */
  onSent: (() => void) | undefined
  #waiting = 0
  #isHeard = true

  /** Messages that were taken and wait for their turn. */
  set waitingMessages(count: number) {
    this.#waiting = count
    this.#pace()
  }

  /** Takes nothing more of the client, whatever it reads. */
  stopHearing(): void {
    this.#isHeard = false
    this.pause()
  }

  override send(data: Parameters<WebSocket['send']>[0], ...rest: unknown[]): void {
    const sent = rest.find((argument): argument is Sent => typeof argument === 'function')
    const options = rest.find((argument) => typeof argument === 'object') ?? {}
    super.send(data, options, (error) => {
      this.#pace()
      sent?.(error)
    })
    this.#pace()
    this.onSent?.()
  }

  #pace(): void {
    if (!this.#isHeard) return
    // Between the two it stays as it is.
    if (this.bufferedAmount > PAUSE_BYTES || this.#waiting > PAUSE_MESSAGES) {
      if (!this.isPaused) this.pause()
    } else if (this.isPaused && this.bufferedAmount < PAUSE_BYTES / 2 && this.#waiting < PAUSE_MESSAGES / 2) this.resume()
  }
}
