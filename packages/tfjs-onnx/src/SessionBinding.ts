import type { Tensor } from 'onnxruntime-common'
import type { EncodedGraph } from './encode.js'
import { CompileError } from './errors.js'
import { type Graph, sizeOf } from './graph.js'
import type { Session } from './session/Session.js'
import type { State } from './state.js'
import type { InputSpec, InputSpecs } from './trace.js'

/** The array that holds an input's values, by its element type. */
export interface InputArrays {
  readonly float32: Float32Array
  readonly int32: Int32Array
  readonly bool: Uint8Array
}

type Feeds = Record<string, Tensor>

interface BoundState {
  readonly name: string
  readonly modelName: string
  /** A tensor over each of the state's two buffers. */
  readonly tensors: readonly [Tensor, Tensor]
}

/** Binds a session to buffers that are allocated once: its inputs, its outputs, and both halves of the state. */
export class SessionBinding {
  readonly #session: Session
  readonly #state: State
  readonly #inputs = new Map<string, { readonly spec: InputSpec; readonly array: InputArrays[keyof InputArrays] }>()
  readonly #outputs = new Map<string, Float32Array>()
  readonly #reads: readonly BoundState[]
  readonly #updates: readonly BoundState[]
  readonly #updated: readonly string[]
  readonly #feeds: Feeds = {}
  readonly #fetches: Feeds = {}
  #isDisposed = false

  constructor(parts: {
    graph: Graph
    encoded: EncodedGraph
    session: Session
    state: State
    inputs: InputSpecs
  }) {
    const { graph, encoded, session, state, inputs } = parts
    this.#session = session
    this.#state = state
    Object.entries(inputs).forEach(([name, spec], index) => {
      const array = allocate(spec)
      this.#inputs.set(name, { spec, array })
      this.#feeds[encoded.inputNames[index] ?? name] = session.tensor(spec.dtype, array, [...spec.shape])
    })
    graph.outputs.forEach(({ name, value }, index) => {
      const array = new Float32Array(sizeOf(value.shape))
      this.#outputs.set(name, array)
      this.#fetches[encoded.outputNames[index] ?? name] = session.tensor('float32', array, [...value.shape])
    })
    const bind = (name: string, modelName = name): BoundState => {
      const { buffers, shape } = state.buffersOf(name)
      return {
        name,
        modelName,
        tensors: [session.tensor('float32', buffers[0], [...shape]), session.tensor('float32', buffers[1], [...shape])],
      }
    }
    this.#reads = graph.states.map(({ name }, index) => bind(name, encoded.stateNames[index]))
    this.#updates = graph.updates.map(({ name }, index) => bind(name, encoded.updateNames[index]))
    this.#updated = graph.updates.map(({ name }) => name)
  }

  async run(values: Readonly<Record<string, ArrayLike<number>>>): Promise<Record<string, Float32Array>> {
    if (this.#isDisposed) {
      throw new CompileError('DISPOSED', { subject: 'run', expected: 'a compiled function', got: 'one that was disposed of' })
    }
    return this.#state.update(this.#updated, async () => {
      this.#copyInputs(values)
      for (const { name, modelName, tensors } of this.#reads) this.#feeds[modelName] = tensors[this.#state.buffersOf(name).current]
      for (const { name, modelName, tensors } of this.#updates) {
        this.#fetches[modelName] = tensors[this.#state.buffersOf(name).current === 0 ? 1 : 0]
      }
      await this.#session.run(this.#feeds, this.#fetches)
      const results: Record<string, Float32Array> = {}
      for (const [name, array] of this.#outputs) results[name] = array.slice()
      return results
    })
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#isDisposed = true
    await this.#session.release()
  }

  #copyInputs(values: Readonly<Record<string, ArrayLike<number>>>): void {
    for (const name of Object.keys(values)) {
      if (!this.#inputs.has(name))
        throw invalidInput(name, `an input among ${[...this.#inputs.keys()].join(', ') || 'none'}`, 'an unknown name')
    }
    for (const [name, { spec, array }] of this.#inputs) {
      const given = values[name]
      if (given === undefined) throw invalidInput(name, `${array.length} values`, 'none')
      if (Object.prototype.toString.call(given) !== Object.prototype.toString.call(array)) {
        throw invalidInput(name, `a ${array.constructor.name} for ${spec.dtype}`, Object.prototype.toString.call(given))
      }
      if (given.length !== array.length) {
        throw invalidInput(name, `${array.length} values for [${spec.shape.join(',')}]`, `${given.length}`)
      }
      array.set(given)
    }
  }
}

function allocate({ dtype, shape }: InputSpec): InputArrays[keyof InputArrays] {
  const size = sizeOf(shape)
  return dtype === 'float32' ? new Float32Array(size) : dtype === 'int32' ? new Int32Array(size) : new Uint8Array(size)
}

function invalidInput(name: string, expected: string, got: string): CompileError {
  return new CompileError('INVALID_INPUT', { subject: `input ${name}`, expected, got })
}
