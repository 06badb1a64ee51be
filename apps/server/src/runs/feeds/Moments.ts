import { abortable } from '../../abortable.js'
import { Latch } from '../../Latch.js'

/** What is followed, as it is at one moment: one object for all who are told of it. */
export type Moment = Readonly<Record<never, never>>

/** Tells whoever follows something that it is otherwise now; how, they read for themselves. */
export class Moments {
  readonly #followers = new Set<Latch>()
  readonly #begin: () => () => void
  #end: () => void = () => undefined
  #moment: Moment = {}

  /** `begin` is called when somebody comes to follow and nobody does yet, and what it returns once nobody follows any more. */
  constructor(begin: () => () => void = () => () => undefined) {
    this.#begin = begin
  }

  tell(): void {
    this.#moment = {}
    for (const follower of this.#followers) follower.set()
  }

  /** Tells at once, and whenever something changes. Whoever is slow is told of the last change, not of those in between. */
  follow(): AsyncGenerator<Moment, void> {
    const changed = new Latch()
    this.#followers.add(changed)
    if (this.#followers.size === 1) this.#end = this.#begin()
    const leave = () => {
      const wasHere = this.#followers.delete(changed)
      changed.set()
      if (wasHere && this.#followers.size === 0) this.#end()
    }
    return abortable((aborted) => this.#tell(changed, aborted), leave)
  }

  async *#tell(changed: Latch, aborted: AbortSignal): AsyncGenerator<Moment, void> {
    while (!aborted.aborted) {
      changed.clear()
      yield this.#moment
      await changed.wait()
    }
  }
}
