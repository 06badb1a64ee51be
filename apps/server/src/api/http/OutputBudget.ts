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

/**
 * Bounds what is held in memory for readers who do not read: a connection for which more is held than one may have is ended, and where all together have
 * too much, the one for which most is held.
 */
export class OutputBudget {
  /** Called after a connection was ended. */
  onDropped: () => void = () => undefined
  readonly #readers = new Set<Reader>()
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
    this.#readers.add(reader)
    return () => this.#readers.delete(reader)
  }

  /** Bytes that are held for all readers now. */
  get unreadBytes(): number {
    return [...this.#readers].reduce((sum, reader) => sum + reader.pendingBytes(), 0)
  }

  /** Checks the limits after something was written to a reader. */
  check(reader: Reader): void {
    const pending = reader.pendingBytes()
    if (pending < SMALL_BYTES) return
    if (pending > this.#perReader) {
      this.#drop(reader, 'more than one connection may leave unread')
      return
    }
    const held = [...this.#readers].map((each) => ({ each, bytes: each.pendingBytes() }))
    let total = held.reduce((sum, { bytes }) => sum + bytes, 0)
    held.sort((one, other) => other.bytes - one.bytes)
    for (const { each, bytes } of held) {
      if (total <= this.#total) return
      this.#drop(each, 'the most of all connections, which leave too much unread')
      total -= bytes
    }
  }

  #drop(reader: Reader, reason: string): void {
    this.#log.warn({ ...reader.about, pendingBytes: reader.pendingBytes(), reason }, 'reader dropped')
    this.#readers.delete(reader)
    reader.drop()
    this.onDropped()
  }
}
