import type { ClientInLog } from '../../clients/Launchers.js'
import type { Log } from '../../log.js'

/** Somebody for whom bytes are held until they read them. */
export interface Reader {
  /** Names it in the log: the request, and whose it is. */
  readonly about: ClientInLog & { readonly requestId: string }
  /** Bytes that are held for it now. */
  pendingBytes(): number
  /** Ends its connection, and with it what is held. */
  drop(): void
}

/** What a reader may always leave unread, as one does who is only slow. */
const SMALL_BYTES = 64 * 1024
/** So often at most all readers are looked at while they are known to have little enough together, in milliseconds: what answers are piped from adds to it unseen. */
const LOOK = 250

/**
 * Bounds what is held in memory for readers who do not read: a connection for which more is held than one may have is ended, and where all together have
 * too much, the one for which most is held.
 */
export class OutputBudget {
  /** Called after a connection was ended. */
  onDropped: () => void = () => undefined
  /** With the bytes that were held for each when it was last looked at. */
  readonly #readers = new Map<Reader, number>()
  /** The sum of them. */
  #held = 0
  #lookedAt = 0
  readonly #log: Log
  readonly #total: number
  readonly #perReader: number

  /** @param total Bytes that may be held for all together; one connection may have a quarter of them. */
  constructor(log: Log, total: number) {
    this.#log = log
    this.#total = total
    this.#perReader = total / 4
  }

  /** Takes a reader for whom something is held from now on; returns how to let it go. */
  add(reader: Reader): () => void {
    this.#readers.set(reader, 0)
    return () => this.#forget(reader)
  }

  /** Bytes that are held for all readers now. */
  get unreadBytes(): number {
    return [...this.#readers.keys()].reduce((sum, reader) => sum + reader.pendingBytes(), 0)
  }

  /** Checks the limits after something was written to a reader: of all together by what is known of the others, which are looked at where that is too much. */
  check(reader: Reader): void {
    const pending = this.#look(reader)
    if (pending < SMALL_BYTES) return
    if (pending > this.#perReader) {
      this.#drop(reader, 'more than one connection may leave unread')
      return
    }
    const now = performance.now()
    if (this.#held <= this.#total && now - this.#lookedAt < LOOK) return
    this.#lookedAt = now
    for (const each of this.#readers.keys()) this.#look(each)
    while (this.#held > this.#total) {
      const [fullest] = [...this.#readers].reduce((most, each) => (each[1] > most[1] ? each : most))
      this.#drop(fullest, 'the most of all connections, which leave too much unread')
    }
  }

  #look(reader: Reader): number {
    const before = this.#readers.get(reader)
    const pending = reader.pendingBytes()
    if (before === undefined) return pending
    this.#readers.set(reader, pending)
    this.#held += pending - before
    return pending
  }

  #forget(reader: Reader): void {
    this.#held -= this.#readers.get(reader) ?? 0
    this.#readers.delete(reader)
  }

  #drop(reader: Reader, reason: string): void {
    this.#log.warn({ ...reader.about, pendingBytes: reader.pendingBytes(), reason }, 'reader dropped')
    this.#forget(reader)
    reader.drop()
    this.onDropped()
  }
}
