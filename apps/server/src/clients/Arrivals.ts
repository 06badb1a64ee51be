import { setImmediate as nextTurn } from 'node:timers/promises'

/** For so long connections that wait may keep other work from going on, in milliseconds. */
const LONGEST = 20

/**
 * Lets connections in that wait, between two pieces of long work. In each turn of the event loop Node takes one of them, so where every turn did ten
 * milliseconds of work, a hundred a second would be let in and the others wait, and give up.
 */
export class Arrivals {
  #count = 0

  /** A connection was let in. */
  note(): void {
    this.#count++
  }

  /** Lets everything else have its turn, and goes on with turns while each of them brings a connection. */
  async letIn(): Promise<void> {
    // The first turn may be what is left of the present one.
    await nextTurn()
    const ends = performance.now() + LONGEST
    let before: number
    do {
      before = this.#count
      await nextTurn()
    } while (this.#count !== before && performance.now() < ends)
  }
}
