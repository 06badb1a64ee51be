import { WebSocket } from 'ws'

/** From so many unread bytes on, nothing more is taken of a client. */
const PAUSE_BYTES = 256 * 1024

type Sent = (error?: Error) => void

/**
 * A WebSocket that listens only as fast as its client reads: while much of what was sent to it waits to be read, it takes no more messages, so that the
 * client's own sending comes to a halt and nothing piles up here. (Pings it answers itself; it ends a client that leaves too many pongs unread.)
 */
export class PacedSocket extends WebSocket {
  /** Called after something was sent. */
  onSent: (() => void) | undefined

  override send(data: Parameters<WebSocket['send']>[0], ...rest: unknown[]): void {
    const sent = rest.find((argument): argument is Sent => typeof argument === 'function')
    const options = rest.find((argument) => typeof argument === 'object') ?? {}
    super.send(data, options, (error) => {
      if (this.isPaused && this.bufferedAmount < PAUSE_BYTES / 2) this.resume()
      sent?.(error)
    })
    if (this.bufferedAmount > PAUSE_BYTES && !this.isPaused) this.pause()
    this.onSent?.()
  }
}
