import type { Client } from '../../clients/Client.js'
import type { HourglassError } from '../../HourglassError.js'
import type { Log } from '../../log.js'

/** For so long what a client is refused again is counted, in milliseconds. */
const PERIOD = 10_000

/** Writes what clients are refused: the first time at once, and what follows of the same client and code as one line that says how often. */
export class RefusalLog {
  readonly #repeated = new Map<string, number>()

  /** @param log Names the client in its lines. */
  note(client: Client, { code, details }: HourglassError, log: Log): void {
    const name = `${code} ${client.key}`
    const times = this.#repeated.get(name)
    if (times !== undefined) {
      this.#repeated.set(name, times + 1)
      return
    }
    log.warn({ code, ...details }, 'operation refused')
    this.#repeated.set(name, 0)
    setTimeout(() => {
      const more = this.#repeated.get(name) ?? 0
      this.#repeated.delete(name)
      if (more > 0) log.warn({ code, ...details, times: more, seconds: PERIOD / 1000 }, 'operations refused again')
    }, PERIOD).unref()
  }
}
