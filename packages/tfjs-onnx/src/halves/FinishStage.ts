import { instantiate, type WasmMemory } from '@hourglass/wasm'
import { sizeOf, type TensorData, type Value } from '../graph.js'
import type { State } from '../state.js'
import type { Block } from '../updates/Arena.js'
import { importedFunctions } from '../updates/elementOperators.js'
import { encodeProgram, type ProgramAddresses } from '../updates/encodeProgram.js'
import type { UpdateProgram } from '../updates/UpdateProgram.js'
import { readValues } from '../updates/UpdateStage.js'
import type { HalvesPlan } from './planHalves.js'

/** Elements of a part of a tensor are a multiple of a cache line of float32: no two threads write to one. */
const LINE = 16

interface CompiledParts {
  readonly second: Uint8Array<ArrayBuffer>
  /** Of the first part, the second part, and single elements. */
  readonly run: readonly [() => void, () => void, () => void]
}

/** Adds up the halves and applies a step's updates to the state, in place: two parts of every tensor, then what has one element. */
export class FinishStage {
  readonly #state: State
  readonly #blocks = new Map<Value, Block>()
  readonly #outputs = new Map<string, Block>()
  readonly #copied: readonly { readonly name: string; readonly block: Block }[]
  readonly #compile: () => CompiledParts
  #memory: WasmMemory
  #compiled: CompiledParts

  constructor({ finish, split: { handed, program }, state }: Pick<HalvesPlan, 'finish' | 'split'> & { readonly state: State }) {
    this.#state = state
    const { graph } = finish
    const constants = new Map(graph.constants.map(({ value, data }) => [value, data]))
    try {
      for (const { value } of [...graph.inputs, ...handed]) this.#blocks.set(value, state.arena.allocate(sizeOf(value.shape)))
      const read = readValues({ program })
      for (const [value, data] of constants) if (read.has(value)) this.#placeConstant(value, data)
      for (const { update } of finish.outputs) {
        const value = graph.updates.find(({ name }) => name === update)?.value
        this.#outputs.set(update, state.arena.allocate(sizeOf(value?.shape ?? [])))
      }
    } catch (error) {
      this.dispose()
      throw error
    }
    this.#copied = finish.given.map(({ name, value }) => ({ name, block: this.blockOf(value) }))
    const states = new Map(graph.states.map(({ name, value }) => [value, name]))
    const addresses: ProgramAddresses = {
      constantOf: (value) => (sizeOf(value.shape) === 1 ? (constants.get(value)?.[0] as number | undefined) : undefined),
      sourceOf: (value) => {
        const name = states.get(value)
        return name === undefined ? this.blockOf(value) : state.blockOf(name)
      },
      stateOf: (name) => this.#outputs.get(name) ?? state.blockOf(name),
    }
    this.#compile = () => compileParts(program, { ...addresses, isShared: state.arena.isShared }, state)
    this.#memory = state.arena.memory
    this.#compiled = this.#compile()
  }

  /** The module of the second part, as another thread can compile it. */
  get secondModule(): Uint8Array<ArrayBuffer> {
    return this.#compiled.second
  }

  /** Where the halves, and the body of what follows them, put what it reads. */
  blockOf(value: Value): Block {
    const block = this.#blocks.get(value)
    if (!block) throw new Error(`no block for %${value.id}`)
    return block
  }

  /** Copies inputs of the step that it reads; it begins each step. */
  takeInputs(inputs: Readonly<Record<string, ArrayLike<number>>>): void {
    const { memory } = this.#state.arena
    if (memory !== this.#memory) {
      this.#memory = memory
      this.#compiled = this.#compile()
    }
    for (const { name, block } of this.#copied) this.#state.arena.floats(block).set(inputs[name] ?? [])
  }

  /** Updates one part of every tensor of more than one element. */
  updatePart(part: 0 | 1): void {
    this.#compiled.run[part]()
  }

  /** Updates tensors of one element; both parts read them before. */
  updateSingles(): void {
    this.#compiled.run[2]()
  }

  /** Copies an output that it has computed. */
  read(update: string): Float32Array {
    const block = this.#outputs.get(update)
    if (!block) throw new Error(`no output ${update}`)
    return this.#state.arena.floats(block).slice()
  }

  dispose(): void {
    for (const block of [...this.#blocks.values(), ...this.#outputs.values()]) this.#state.arena.free(block)
    this.#blocks.clear()
    this.#outputs.clear()
  }

  #placeConstant(value: Value, data: TensorData): void {
    if (sizeOf(value.shape) === 1) return
    const block = this.#state.arena.allocate(sizeOf(value.shape))
    this.#blocks.set(value, block)
    this.#state.arena.floats(block).set(data as Float32Array)
  }
}

function compileParts(program: UpdateProgram, addresses: ProgramAddresses, { arena: { memory } }: State): CompiledParts {
  const compile = (module: Uint8Array<ArrayBuffer>) => instantiate(module, { memory, ...importedFunctions })
  const [first, second] = [encodeProgram(...partOf(program, addresses, 0)), encodeProgram(...partOf(program, addresses, 1))]
  const singles = encodeProgram({ ...program, loops: [] }, addresses)
  return { second, run: [compile(first), compile(second), compile(singles)] }
}

/** Where each part of a tensor begins and ends, in elements. */
function rangeOf(length: number, part: 0 | 1): { readonly from: number; readonly length: number } {
  const middle = Math.min(length, Math.ceil(length / 2 / LINE) * LINE)
  return part === 0 ? { from: 0, length: middle } : { from: middle, length: length - middle }
}

/** A program of one part of every loop, and nothing of what has one element. */
function partOf(program: UpdateProgram, addresses: ProgramAddresses, part: 0 | 1): readonly [UpdateProgram, ProgramAddresses] {
  const shifted = ({ offset, length }: Block): Block => {
    const range = rangeOf(length, part)
    return length === 1 ? { offset, length } : { offset: offset + range.from * Float32Array.BYTES_PER_ELEMENT, length: range.length }
  }
  const loops = program.loops.map((loop) => ({ ...loop, length: rangeOf(loop.length, part).length }))
  return [
    { scalars: program.scalars, scalarUpdates: [], loops },
    {
      ...addresses,
      sourceOf: (value) => shifted(addresses.sourceOf(value)),
      stateOf: (name) => shifted(addresses.stateOf(name)),
    },
  ]
}
