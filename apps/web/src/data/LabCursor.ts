import type { ApolloClient } from '@apollo/client'
import { Subject } from 'rxjs'
import { LastSeqDocument } from './generated/graphql'

/** Knows up to which event of the lab the cache holds what happened to lists, and goes back where an older answer was written into it. */
export class LabCursor {
  readonly #client: ApolloClient
  readonly #rewound = new Subject<void>()
  #seq: number | undefined
  /** What was read before the cursor was known. */
  #floor = Number.POSITIVE_INFINITY

  constructor(client: ApolloClient) {
    this.#client = client
  }

  /** Emits when what follows must be read again from an earlier event on. */
  get rewound() {
    return this.#rewound.asObservable()
  }

  /** The event to follow the lab from. */
  async read(): Promise<number> {
    if (this.#seq !== undefined) return this.#seq
    const { data } = await this.#client.query({ query: LastSeqDocument, fetchPolicy: 'network-only' })
    this.#seq ??= Math.min(this.#floor, data?.lab.lastSeq ?? 0)
    return this.#seq
  }

  /** Whether an answer that was true at an event holds all that the cache does. */
  isCoveredBy(seq: number): boolean {
    return this.#seq === undefined || seq >= this.#seq
  }

  /** Says that everything up to an event is in the cache. */
  advance(seq: number): void {
    this.#seq = Math.max(this.#seq ?? 0, seq)
  }

  /** Says that an answer that was true at an event was written into the cache. */
  wrote(seq: number): void {
    this.#floor = Math.min(this.#floor, seq)
    if (this.#seq === undefined || seq >= this.#seq) return
    this.#seq = seq
    this.#rewound.next()
  }
}

const cursors = new WeakMap<ApolloClient, Map<string, LabCursor>>()

/** Gives the cursor that the lists of a kind follow. */
export function labCursor(client: ApolloClient, lists: 'runs' | 'experiments'): LabCursor {
  const ofClient = cursors.get(client) ?? new Map<string, LabCursor>()
  cursors.set(client, ofClient)
  const cursor = ofClient.get(lists) ?? new LabCursor(client)
  ofClient.set(lists, cursor)
  return cursor
}
