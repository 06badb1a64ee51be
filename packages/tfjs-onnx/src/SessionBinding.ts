import type { EncodedGraph } from './encode.js'
import { CompileError } from './errors.js'
import { type Graph, sizeOf, type Value } from './graph.js'
import { DrawnInputs } from './randomness/DrawnInputs.js'
import { runFailed } from './runFailed.js'
import type { InputArrays } from './session/InputArrays.js'
import type { ElementType, Session } from './session/Session.js'
import type { State } from './state.js'
import type { InputSpec, InputSpecs } from './trace.js'
import type { Block } from './updates/Arena.js'
import type { SplitGraph } from './updates/splitUpdates.js'
import { UpdateStage } from './updates/UpdateStage.js'

export type InputArray = InputArrays[keyof InputArrays]

const arrayTypes = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const

/** An input as it was declared. */
export interface DeclaredInput {
  readonly spec: InputSpec
  readonly size: number
}

interface BoundInput extends DeclaredInput {
  readonly modelName: string
  /** The array that the last run was given: it is bound still. */
  array?: InputArray
}

/** Applies a step's updates to the state once its graph has run. */
export interface Updates {
  /** Where the session is to put a value that it hands over. */
  blockOf(value: Value): Block
  /** `inputs` are those of the session's run. */
  run(inputs: Readonly<Record<string, ArrayLike<number>>>): void
  dispose(): Promise<void> | void
}

/** A block of the state's arena that the session reads or writes. */
interface BoundBlock {
  readonly block: Block
  /** Binds the session to the array over the block. */
  bind(session: Session, values: Float32Array): void
}

/** Binds a session to the arena of its state: it reads the state there, and what it hands to the update stage it writes there. */
export class SessionBinding {
  readonly #session: Session | undefined
  readonly #state: State
  readonly #stage: Updates
  readonly #inputs: ReadonlyMap<string, BoundInput>
  readonly #outputs: readonly { readonly name: string; readonly array: Float32Array }[]
  readonly #blocks: readonly BoundBlock[]
  readonly #drawn: DrawnInputs
  #buffer: ArrayBuffer | undefined
  #isDisposed = false
  #running: Promise<unknown> = Promise.resolve()

  /** `encoded` and `session` are those of the body of `split`; without a body there is no session. By default `updates` are applied on this thread. */
  constructor(parts: {
    graph: Graph
    split: SplitGraph
    encoded: EncodedGraph
    session: Session | undefined
    state: State
    inputs: InputSpecs
    updates?: Updates
  }) {
    const { graph, split, encoded, session, state, inputs } = parts
    this.#session = session
    this.#state = state
    this.#stage = parts.updates ?? new UpdateStage({ graph, split, state })
    this.#inputs = new Map(
      Object.entries(inputs).map(([name, spec], index) => [
        name,
        { spec, modelName: encoded.inputNames[index] ?? name, size: sizeOf(spec.shape) },
      ]),
    )
    this.#drawn = new DrawnInputs(graph)
    if (this.#drawn.inputs.length > 0) state.requireRandom()
    const modelNames = new Map(split.body.inputs.map(({ name }, index) => [name, encoded.inputNames[index] ?? name]))
    for (const { name, value, array } of this.#drawn.inputs) {
      session?.bindInput(modelNames.get(name) ?? name, value.dtype as ElementType, array, value.shape)
    }
    this.#outputs = graph.outputs.map(({ name, value }, index) => {
      const array = new Float32Array(sizeOf(value.shape))
      session?.bindOutput(encoded.outputNames[index] ?? name, array, value.shape)
      return { name, array }
    })
    this.#blocks = [
      ...split.body.states.map(({ name, value: { shape } }, index) => ({
        block: state.blockOf(name),
        bind: (to: Session, values: Float32Array) => to.bindInput(encoded.stateNames[index] ?? '', 'float32', values, shape),
      })),
      ...split.handed.map(({ value }, index) => ({
        block: this.#stage.blockOf(value),
        bind: (to: Session, values: Float32Array) =>
          to.bindOutput(encoded.outputNames[graph.outputs.length + index] ?? '', values, value.shape),
      })),
    ]
  }

  async run(values: Readonly<Record<string, ArrayLike<number>>>): Promise<Record<string, Float32Array>> {
    if (this.#isDisposed) {
      throw new CompileError('DISPOSED', { subject: 'run', expected: 'a compiled function', got: 'one that was disposed of' })
    }
    requireNames(values, [...this.#inputs.keys()])
    const running = this.#state.hold(async () => {
      this.#bindInputs(values)
      this.#bindBlocks()
      const { random } = this.#state
      if (random) this.#drawn.fill(random)
      await this.#runSession()
      const drawn = this.#drawn.inputs.map(({ name, array }) => [name, array] as const)
      this.#stage.run(drawn.length > 0 ? { ...values, ...Object.fromEntries(drawn) } : values)
      if (drawn.length > 0) this.#state.advanceRandom()
      const results: Record<string, Float32Array> = {}
      for (const { name, array } of this.#outputs) results[name] = array.slice()
      return results
    })
    this.#running = running.catch(() => undefined)
    return running
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#isDisposed = true
    await this.#running
    await this.#stage.dispose()
    await this.#session?.release()
  }

  async #runSession(): Promise<void> {
    try {
      await this.#session?.run()
    } catch (error) {
      throw runFailed(error)
    }
  }

  /** Bound once, and anew when the arena has grown since. */
  #bindBlocks(): void {
    const { arena } = this.#state
    if (this.#buffer === arena.buffer) return
    if (this.#session) for (const { block, bind } of this.#blocks) bind(this.#session, arena.floats(block))
    this.#buffer = arena.buffer
  }

  #bindInputs(values: Readonly<Record<string, ArrayLike<number>>>): void {
    for (const [name, input] of this.#inputs) {
      const given = values[name]
      // The same array may be shorter by now: its buffer was transferred or resized.
      if (given !== undefined && given === input.array && given.length === input.size) continue
      const array = requireArray(name, input, given)
      this.#session?.bindInput(input.modelName, input.spec.dtype, array, input.spec.shape)
      input.array = array
    }
  }
}

/** Throws INVALID_INPUT for names that were not declared. */
export function requireNames(values: unknown, names: readonly string[]): asserts values is Readonly<Record<string, ArrayLike<number>>> {
  if (typeof values !== 'object' || values === null) {
    throw invalidInput(names.join(', ') || 'of run', 'a record with an array for each input', `${values}`)
  }
  for (const name of Object.keys(values)) {
    if (!names.includes(name)) throw invalidInput(name, `an input among ${names.join(', ') || 'none'}`, 'an unknown name')
  }
}

/** Returns the array of an input. Throws INVALID_INPUT for none, and for one of another type or length than was declared. */
export function requireArray(name: string, { spec, size }: DeclaredInput, given: ArrayLike<number> | undefined): InputArray {
  if (given === undefined) throw invalidInput(name, `${size} values`, 'none')
  const type = arrayTypes[spec.dtype]
  const got = Object.prototype.toString.call(given)
  if (got !== `[object ${type.name}]`) throw invalidInput(name, `a ${type.name} for ${spec.dtype}`, got)
  if (given.length !== size) throw invalidInput(name, `${size} values for [${spec.shape.join(',')}]`, `${given.length}`)
  return given as InputArray
}

function invalidInput(name: string, expected: string, got: string): CompileError {
  return new CompileError('INVALID_INPUT', { subject: `input ${name}`, expected, got })
}
