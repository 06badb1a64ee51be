import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Client } from './Client.js'
import type { ClientGate } from './ClientGate.js'
import { Turns } from './Turns.js'

/** Parts that are worked on at the same time: one that waits for a file holds up no other. */
const AT_ONCE = 4
/** For so long the parts may keep the process from everything else, in milliseconds. */
const SLICE = 10

/** Does the parts of all streams, clients in turn, and lets everything else have its turn in between: who replays a long history waits, and nobody else. */
export class StreamWork {
  readonly #gate: ClientGate
  readonly #turns = new Turns(AT_ONCE)
  readonly #endless = new AbortController().signal
  #sliceEnds = 0

  constructor(gate: ClientGate) {
    this.#gate = gate
  }

  /** Does a part when it is the client's turn, and counts its time as the client's. */
  async do<Result>(client: Client, part: () => Promise<Result>): Promise<Result> {
    // A part is short, and others may wait for what it finds: it is done though its client leaves.
    const give = await this.#turns.take(client, this.#endless)
    try {
      await this.pause()
      const started = performance.now()
      try {
        return await part()
      } finally {
        void this.#gate.charge(client, { workSeconds: (performance.now() - started) / 1000 })
      }
    } finally {
      give()
    }
  }

  /** Lets everything else have its turn where the streams have had theirs. */
  async pause(): Promise<void> {
    if (performance.now() <= this.#sliceEnds) return
    await nextTurn()
    this.#sliceEnds = performance.now() + SLICE
  }
}
