import { CompileError } from './errors.js'
import { type Graph, sizeOf } from './graph.js'
import { type DeclaredInput, type GivenInputs, type InputArray, requireArray, requireNames } from './inputArrays.js'
import { DrawnInputs } from './randomness/DrawnInputs.js'
import type { State } from './state.js'
import type { InputSpecs } from './trace.js'
import type { Arena } from './updates/Arena.js'

/** The sessions that compute a step, bound to the arrays that they read and write. */
export interface StepSessions {
  /** Has an input read from an array at every run from now on. */
  bindInput(name: string, array: InputArray): void
  /** Binds what is read and written in the state's arena. */
  bindBlocks(arena: Arena): void
  /** Computes the step and applies its updates. `inputs` are those of the run, with what was drawn for it. */
  compute(inputs: GivenInputs): Promise<void>
  /** Copies what the step returns. */
  results(): Record<string, Float32Array>
  release(): Promise<void>
}

interface KeptInput extends DeclaredInput {
  /** The array that the last run was given: it is bound still. */
  array?: InputArray
}

/** Runs a step on its state, one run at a time: binds what has changed, draws its random numbers and has its sessions compute. */
export class StepRun {
  readonly #state: State
  readonly #sessions: StepSessions
  readonly #inputs: ReadonlyMap<string, KeptInput>
  readonly #drawn: DrawnInputs
  #buffer: ArrayBuffer | undefined
  #isDisposed = false
  #running: Promise<unknown> = Promise.resolve()

  constructor({ graph, state, inputs, sessions }: { graph: Graph; state: State; inputs: InputSpecs; sessions: StepSessions }) {
    this.#state = state
    this.#sessions = sessions
    this.#inputs = new Map(Object.entries(inputs).map(([name, spec]) => [name, { spec, size: sizeOf(spec.shape) }]))
    this.#drawn = new DrawnInputs(graph)
    if (this.#drawn.inputs.length > 0) state.requireRandom()
    for (const { name, array } of this.#drawn.inputs) sessions.bindInput(name, array)
  }

  async run(values: GivenInputs): Promise<Record<string, Float32Array>> {
    if (this.#isDisposed) {
      throw new CompileError('DISPOSED', { subject: 'run', expected: 'a compiled function', got: 'one that was disposed of' })
    }
    requireNames(values, [...this.#inputs.keys()])
    const running = this.#state.hold(async () => {
      this.#bindInputs(values)
      this.#bindBlocks()
      const { random } = this.#state
      if (random) this.#drawn.fill(random)
      const drawn = this.#drawn.inputs.map(({ name, array }) => [name, array] as const)
      await this.#sessions.compute(drawn.length > 0 ? { ...values, ...Object.fromEntries(drawn) } : values)
      if (drawn.length > 0) this.#state.advanceRandom()
      return this.#sessions.results()
    })
    this.#running = running.catch(() => undefined)
    return running
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#isDisposed = true
    await this.#running
    await this.#sessions.release()
  }

  #bindInputs(values: GivenInputs): void {
    for (const [name, input] of this.#inputs) {
      const given = values[name]
      // The same array may be shorter by now: its buffer was transferred or resized.
      if (given !== undefined && given === input.array && given.length === input.size) continue
      const array = requireArray(name, input, given)
      this.#sessions.bindInput(name, array)
      input.array = array
    }
  }

  /** Bound once, and anew when the arena has grown since. */
  #bindBlocks(): void {
    const { arena } = this.#state
    if (this.#buffer === arena.buffer) return
    this.#sessions.bindBlocks(arena)
    this.#buffer = arena.buffer
  }
}
