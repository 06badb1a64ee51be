import type { Graph, Value } from '../graph.js'
import type { Updates } from '../SessionBinding.js'
import type { State } from '../state.js'
import type { Block } from '../updates/Arena.js'
import type { SplitGraph } from '../updates/splitUpdates.js'
import { readValues } from '../updates/UpdateStage.js'
import { FinishStage } from './FinishStage.js'
import { ThreadChoice } from './ThreadChoice.js'
import type { SecondThread, UpdateParts } from './thread/SecondThread.js'

/** Applies the updates of a step that is computed whole: each thread updates its part of every tensor. The bits are those of one thread. */
export class DividedUpdates implements Updates {
  readonly #stage: FinishStage
  readonly #parts: UpdateParts
  readonly #thread: SecondThread
  readonly #job: number
  readonly #choice = new ThreadChoice()

  /** Takes a thread that was acquired, and releases it in the end. The state's memory is one that threads share. */
  constructor({ graph, split, state }: { graph: Graph; split: SplitGraph; state: State }, thread: SecondThread) {
    const read = readValues(split)
    const given = graph.inputs.filter(({ value }) => read.has(value))
    this.#stage = new FinishStage({
      finish: { graph: { ...graph, inputs: given }, given, sums: [], handed: [], outputs: [] },
      split,
      state,
    })
    this.#parts = { updateFirst: () => this.#stage.updatePart(0), updateSecond: () => this.#stage.updatePart(1) }
    this.#thread = thread
    this.#job = thread.add({ memory: state.arena.memory, update: this.#stage.secondModule })
  }

  blockOf(value: Value): Block {
    return this.#stage.blockOf(value)
  }

  run(inputs: Readonly<Record<string, ArrayLike<number>>>): void {
    this.#stage.takeInputs(inputs)
    const start = performance.now()
    if (this.#choice.together) this.#thread.update(this.#job, this.#parts)
    else {
      this.#parts.updateFirst()
      this.#parts.updateSecond()
    }
    this.#choice.add(performance.now() - start)
    this.#stage.updateSingles()
  }

  async dispose(): Promise<void> {
    this.#thread.remove(this.#job)
    this.#stage.dispose()
    await this.#thread.release()
  }
}
