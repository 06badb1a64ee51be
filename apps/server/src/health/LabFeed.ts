import type { StoreState } from '../database/StoreState.js'
import { abortable } from '../runs/abortable.js'
import { Latch } from '../runs/Latch.js'

/** The lab at one moment: one object for all who are told of it. */
export type LabMoment = Readonly<Record<never, never>>

/** Tells whoever follows how the lab is, at once and whenever what it waits for, or what somebody has set, changes. */
export class LabFeed {
  readonly #followers = new Set<Latch>()
  #moment: LabMoment = {}

  constructor(store: Pick<StoreState, 'listen'>) {
    store.listen(() => this.tell())
  }

  /** Tells everybody that something of the lab is otherwise now. */
  tell(): void {
    this.#moment = {}
    for (const follower of this.#followers) follower.set()
  }

  /** Whoever is slow is told how the lab is then, not of what was in between. */
  follow(): AsyncGenerator<LabMoment, void> {
    const changed = new Latch()
    this.#followers.add(changed)
    const leave = () => {
      this.#followers.delete(changed)
      changed.set()
    }
    return abortable((aborted) => this.#tell(changed, aborted), leave)
  }

  async *#tell(changed: Latch, aborted: AbortSignal): AsyncGenerator<LabMoment, void> {
    while (!aborted.aborted) {
      changed.clear()
      yield this.#moment
      await changed.wait()
    }
  }
}
