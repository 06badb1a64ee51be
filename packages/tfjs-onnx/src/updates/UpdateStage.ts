import { instantiate, type WasmMemory } from '@hourglass/wasm'
import type { Graph, TensorData, Value } from '../graph.js'
import { sizeOf } from '../graph.js'
import type { State } from '../state.js'
import type { Block } from './Arena.js'
import { importedFunctions } from './elementOperators.js'
import { encodeProgram } from './encodeProgram.js'
import type { SplitGraph } from './splitUpdates.js'

interface CopiedInput {
  readonly name: string
  readonly block: Block
}

interface Operands {
  readonly graph: Graph
  readonly split: SplitGraph
  readonly constants: ReadonlyMap<Value, TensorData>
}

/** Applies a step's updates to the state, in place, once the body has run. */
export class UpdateStage {
  readonly #state: State
  readonly #blocks = new Map<Value, Block>()
  readonly #inputs: readonly CopiedInput[]
  readonly #compileUpdates: () => () => void
  #memory: WasmMemory
  #updateState: () => void

  constructor({ graph, split, state }: { graph: Graph; split: SplitGraph; state: State }) {
    this.#state = state
    const constants = new Map(graph.constants.map(({ value, data }) => [value, data]))
    try {
      this.#inputs = this.#placeOperands({ graph, split, constants })
    } catch (error) {
      this.dispose()
      throw error
    }
    const states = new Map(graph.states.map(({ name, value }) => [value, name]))
    this.#compileUpdates = () =>
      instantiate(
        encodeProgram(split.program, {
          constantOf: (value) => (sizeOf(value.shape) === 1 ? (constants.get(value)?.[0] as number | undefined) : undefined),
          sourceOf: (value) => {
            const name = states.get(value)
            return name === undefined ? this.blockOf(value) : state.blockOf(name)
          },
          stateOf: (name) => state.blockOf(name),
          isShared: state.arena.isShared,
        }),
        { memory: state.arena.memory, ...importedFunctions },
      )
    this.#memory = state.arena.memory
    this.#updateState = this.#compileUpdates()
  }

  /** Where the body is to put a value that it hands over. */
  blockOf(value: Value): Block {
    const block = this.#blocks.get(value)
    if (!block) throw new Error(`no block for %${value.id}`)
    return block
  }

  /** `inputs` are those of the body's run. */
  run(inputs: Readonly<Record<string, ArrayLike<number>>>): void {
    const { arena } = this.#state
    if (arena.memory !== this.#memory) {
      this.#memory = arena.memory
      this.#updateState = this.#compileUpdates()
    }
    for (const { name, block } of this.#inputs) arena.floats(block).set(inputs[name] ?? [])
    this.#updateState()
  }

  dispose(): void {
    for (const block of this.#blocks.values()) this.#state.arena.free(block)
    this.#blocks.clear()
  }

  /** Finds room for what the program reads and no state holds; returns the inputs among it. */
  #placeOperands({ graph, split, constants }: Operands): readonly CopiedInput[] {
    const read = readValues(split)
    for (const { value } of split.handed) this.#allocate(value)
    for (const [value, data] of constants) {
      if (read.has(value) && sizeOf(value.shape) !== 1) this.#state.arena.floats(this.#allocate(value)).set(data as Float32Array)
    }
    return graph.inputs.filter(({ value }) => read.has(value)).map(({ name, value }) => ({ name, block: this.#allocate(value) }))
  }

  #allocate(value: Value): Block {
    const block = this.#state.arena.allocate(sizeOf(value.shape))
    this.#blocks.set(value, block)
    return block
  }
}

/** Finds what a program reads, and what it stores without having computed it. */
export function readValues({ program: { scalars, scalarUpdates, loops } }: Pick<SplitGraph, 'program'>): ReadonlySet<Value> {
  const nodes = [...scalars, ...loops.flatMap((loop) => loop.nodes)]
  const updates = [...scalarUpdates, ...loops.flatMap((loop) => loop.updates)]
  return new Set([...nodes.flatMap(({ inputs }) => inputs), ...updates.map(({ value }) => value)])
}
