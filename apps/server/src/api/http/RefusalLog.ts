import type { Client } from '../../clients/Client.js'
import type { HourglassError } from '../../HourglassError.js'
import type { Log } from '../../log.js'
import type { ClientLines } from './ClientLines.js'
import type { SocketRefusal } from './refuseSocket.js'

/** For so long what a client is refused again is counted, in milliseconds. */
const PERIOD = 10_000

/** Writes what clients are refused, and what they break: the first time at once, and what follows of the same client and code as one line that says how often. */
export class RefusalLog {
  readonly #lines: ClientLines
  readonly #repeated = new Map<string, number>()

  constructor(lines: ClientLines) {
    this.#lines = lines
  }

  /** @param log Names the client in its lines. */
  note(client: Client, { code, details }: HourglassError, log: Log): void {
    this.#count(client, code, {
      first: () => log.warn({ code, ...details }, 'operation refused'),
      again: (more) => log.warn({ code, ...details, ...more }, 'operations refused again'),
    })
  }

  /** Notes what a socket failed of, such as a message that is too large. */
  noteFailure(client: Client, error: NodeJS.ErrnoException, log: Log): void {
    this.#count(client, `failure ${error.code}`, {
      first: () => log.info({ err: error }, 'socket failed'),
      again: (more) => log.info({ code: error.code, ...more }, 'sockets failed again'),
    })
  }

  /** Notes why a client was given no socket. */
  noteSocket(client: Client, { status, code, details }: SocketRefusal, log: Log): void {
    this.#count(client, `socket ${code}`, {
      first: () => log.warn({ status, code, ...details }, 'socket refused'),
      again: (more) => log.warn({ status, code, ...details, ...more }, 'sockets refused again'),
    })
  }

  #count(client: Client, what: string, { first, again }: Lines): void {
    const name = `${what} ${client.key}`
    const times = this.#repeated.get(name)
    if (times !== undefined) {
      this.#repeated.set(name, times + 1)
      return
    }
    this.#lines.write(client, first)
    this.#repeated.set(name, 0)
    setTimeout(() => {
      const times = this.#repeated.get(name) ?? 0
      this.#repeated.delete(name)
      if (times > 0) this.#lines.write(client, () => again({ times, seconds: PERIOD / 1000 }))
    }, PERIOD).unref()
  }
}

interface Lines {
  readonly first: () => void
  readonly again: (more: { readonly times: number; readonly seconds: number }) => void
}
