import type { PrismaClient } from '../../generated/prisma/client.js'
import { eventsOf, type StoredEventKind } from '../labEvents.js'
import { newestSeq } from '../newestSeq.js'
import { readQueue } from './readQueue.js'

/** What may change who waits, and in which order. The last is of the lab, as a deleted run has no events. */
const movingKinds: readonly StoredEventKind[] = ['STATUS_CHANGED', 'MOVED_IN_QUEUE', 'TRASHED', 'RESTORED', 'RUN_DELETED']

/** A stretch of the lab's history: behind `after`, up to and with `upTo`. */
interface Stretch {
  readonly after: number
  readonly upTo: number
}

interface KnownPlaces {
  readonly places: ReadonlyMap<number, number>
  /** Up to where in the lab's history they are known to be true. */
  upTo: number
}

/** The places of all runs that wait, read again once something has happened that may have changed them. */
export class QueuePlaces {
  readonly #read: PrismaClient
  #known: Promise<KnownPlaces> | undefined

  constructor(read: PrismaClient) {
    this.#read = read
  }

  /** Gives each run's place, from 1, by its number. */
  async read(): Promise<ReadonlyMap<number, number>> {
    const reading = this.#known
    const known = await reading?.catch(() => undefined)
    if (known && (await this.#isTrue(known))) return known.places
    // Of several who find that they are true no more, the first reads them again.
    const next = this.#known !== undefined && this.#known !== reading ? this.#known : this.#readAll()
    this.#known = next
    return (await next).places
  }

  /** Whether something has happened by which runs that wait may have other places. */
  async mayHaveChanged({ after, upTo }: Stretch): Promise<boolean> {
    const where = eventsOf(movingKinds, { gt: after, lte: upTo })
    return (await this.#read.labEvent.findFirst({ where, select: { seq: true } })) !== null
  }

  async #isTrue(known: KnownPlaces): Promise<boolean> {
    const upTo = await newestSeq(this.#read)
    if (upTo > known.upTo && (await this.mayHaveChanged({ after: known.upTo, upTo }))) return false
    known.upTo = Math.max(known.upTo, upTo)
    return true
  }

  async #readAll(): Promise<KnownPlaces> {
    // What happens between the two is looked at again.
    const upTo = await newestSeq(this.#read)
    const queue = await readQueue(this.#read)
    return { places: new Map(queue.map(({ number }, index) => [number, index + 1])), upTo }
  }
}
