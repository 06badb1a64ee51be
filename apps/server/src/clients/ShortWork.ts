import type { Arrivals } from './Arrivals.js'
import type { Client } from './Client.js'
import type { ClientGate } from './ClientGate.js'
import { Turns } from './Turns.js'
import { WorkClock } from './WorkClock.js'

/** Parts that are worked on at the same time: one that waits for a file holds up no other. */
const AT_ONCE = 4
/** For so long parts may keep the process from everything else, in milliseconds. */
const SLICE = 10

/**
 * Does short parts of work, clients in turn, and lets everything else have its turn in between, who comes too: who replays a long history, or sends messages as
 * fast as it can, waits, and nobody else.
 */
export class ShortWork {
  readonly #gate: ClientGate
  readonly #arrivals: Arrivals
  readonly #clock: WorkClock
  readonly #turns = new Turns(AT_ONCE)
  #sliceEnds = 0
  #turn: Promise<void> | undefined

  /** @param clock Shared with everything else that clients have done. */
  constructor(gate: ClientGate, arrivals: Arrivals, clock = new WorkClock()) {
    this.#gate = gate
    this.#arrivals = arrivals
    this.#clock = clock
  }

  /** Does a part when it is the client's turn, and counts its time as the client's. */
  async do<Result>(client: Client, part: () => Promise<Result>): Promise<Result> {
    // A part is short, and others may wait for what it finds: it is done though its client leaves.
    const give = await this.#turns.take(client)
    try {
      // Those who waited with it may have used up the new slice.
      for (let pausing = this.pause(); pausing; pausing = this.pause()) await pausing
      const stop = this.#clock.start()
      try {
        return await part()
      } finally {
        void this.#gate.charge(client, { workSeconds: stop() })
      }
    } finally {
      give()
    }
  }

  /** Lets everything else have its turn where the parts have had theirs; undefined where they have not. */
  pause(): Promise<void> | undefined {
    return performance.now() <= this.#sliceEnds ? undefined : this.#nextSlice()
  }

  #nextSlice(): Promise<void> {
    this.#turn ??= this.#arrivals.letIn().then(() => {
      this.#turn = undefined
      this.#sliceEnds = performance.now() + SLICE
    })
    return this.#turn
  }
}
