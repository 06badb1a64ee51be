import type { EncodedGraph } from './encode.js'
import { type Graph, sizeOf, type Value } from './graph.js'
import type { GivenInputs, InputArray } from './inputArrays.js'
import { orRunFailed } from './runFailed.js'
import type { StepSessions } from './StepRun.js'
import type { ElementType, Session } from './session/Session.js'
import type { State } from './state.js'
import type { Arena, Block } from './updates/Arena.js'
import type { SplitGraph } from './updates/splitUpdates.js'
import { UpdateStage } from './updates/UpdateStage.js'

/** Applies a step's updates to the state once its graph has run. */
export interface Updates {
  /** Where the session is to put a value that it hands over. */
  blockOf(value: Value): Block
  /** `inputs` are those of the session's run. */
  run(inputs: GivenInputs): void
  dispose(): Promise<void> | void
}

/** A block of the state's arena that the session reads or writes. */
interface BoundBlock {
  readonly block: Block
  /** Binds the session to the array over the block. */
  bind(session: Session, values: Float32Array): void
}

interface ModelInput {
  readonly name: string
  readonly value: Value
}

/** Binds a session to the arena of its state: it reads the state there, and what it hands to the update stage it writes there. */
export class SessionBinding implements StepSessions {
  readonly #session: Session | undefined
  readonly #stage: Updates
  /** What the model has for each input of the step. */
  readonly #inputs: ReadonlyMap<string, ModelInput>
  readonly #outputs: readonly { readonly name: string; readonly array: Float32Array }[]
  readonly #blocks: readonly BoundBlock[]

  /** `encoded` and `session` are those of the body of `split`; without a body there is no session. By default `updates` are applied on this thread. */
  constructor(parts: {
    graph: Graph
    split: SplitGraph
    encoded: EncodedGraph
    session: Session | undefined
    state: State
    updates?: Updates
  }) {
    const { graph, split, encoded, session, state } = parts
    this.#session = session
    this.#stage = parts.updates ?? new UpdateStage({ graph, split, state })
    this.#inputs = new Map(
      split.body.inputs.map(({ name, value }, index) => [name, { name: encoded.inputNames[index] ?? name, value }] as const),
    )
    this.#outputs = graph.outputs.map(({ name, value }, index) => {
      const array = new Float32Array(sizeOf(value.shape))
      session?.bindOutput(encoded.outputNames[index] ?? name, array, value.shape)
      return { name, array }
    })
    this.#blocks = [
      ...split.body.states.map(({ name, value: { shape } }, index) => ({
        block: state.blockOf(name),
        bind: (to: Session, values: Float32Array) => to.bindInput(encoded.stateNames[index] ?? '', { dtype: 'float32', values, shape }),
      })),
      ...split.handed.map(({ value }, index) => ({
        block: this.#stage.blockOf(value),
        bind: (to: Session, values: Float32Array) =>
          to.bindOutput(encoded.outputNames[graph.outputs.length + index] ?? '', values, value.shape),
      })),
    ]
  }

  bindInput(name: string, array: InputArray): void {
    const input = this.#inputs.get(name)
    if (!input) return
    const { dtype, shape } = input.value
    this.#session?.bindInput(input.name, { dtype: dtype as ElementType, values: array, shape })
  }

  bindBlocks(arena: Arena): void {
    if (this.#session) for (const { block, bind } of this.#blocks) bind(this.#session, arena.floats(block))
  }

  async compute(inputs: GivenInputs): Promise<void> {
    await orRunFailed(async () => this.#session?.run())
    this.#stage.run(inputs)
  }

  results(): Record<string, Float32Array> {
    return Object.fromEntries(this.#outputs.map(({ name, array }) => [name, array.slice()]))
  }

  async release(): Promise<void> {
    await this.#stage.dispose()
    await this.#session?.release()
  }
}
