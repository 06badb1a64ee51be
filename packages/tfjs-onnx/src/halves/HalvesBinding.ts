import type { EncodedGraph } from '../encode.js'
import { CompileError } from '../errors.js'
import { type Graph, sizeOf, type Value } from '../graph.js'
import { DrawnInputs } from '../randomness/DrawnInputs.js'
import { runFailed } from '../runFailed.js'
import { type DeclaredInput, type InputArray, requireArray, requireNames } from '../SessionBinding.js'
import type { ElementType, Session } from '../session/Session.js'
import type { State } from '../state.js'
import type { InputSpecs } from '../trace.js'
import type { Block } from '../updates/Arena.js'
import type { ExampleRange } from './cutBatch.js'
import { FinishStage } from './FinishStage.js'
import type { HalvesRunner } from './HalvesRunner.js'
import { type HalvesPlan, handedName, sumName } from './planHalves.js'

/** A half's session, with the names in its model. */
export interface HalfSession {
  readonly session: Session
  readonly encoded: EncodedGraph
  readonly graph: Graph
  readonly range: ExampleRange
}

interface BoundInput extends DeclaredInput {
  readonly value: Value
  /** The array that the last run was given: it is bound still. */
  array?: InputArray
}

/** The session of what follows the halves and is not elementwise. */
export interface FinishSession {
  readonly session: Session
  readonly encoded: EncodedGraph
}

/** Binds the sessions of both halves to the arena of their state and to their parts of inputs and outputs. */
export class HalvesBinding {
  readonly #state: State
  readonly #plan: HalvesPlan
  readonly #halves: readonly [HalfSession, HalfSession]
  readonly #finish: FinishSession | undefined
  readonly #stage: FinishStage
  readonly #inputs: ReadonlyMap<string, BoundInput>
  readonly #drawn: DrawnInputs
  readonly #outputs: readonly { readonly name: string; readonly array: Float32Array }[]
  readonly #names: readonly string[]
  readonly #runner: HalvesRunner
  #buffer: ArrayBuffer | undefined
  #isDisposed = false
  #running: Promise<unknown> = Promise.resolve()

  constructor(parts: {
    plan: HalvesPlan
    halves: readonly [HalfSession, HalfSession]
    finish: FinishSession | undefined
    state: State
    inputs: InputSpecs
    makeRunner: (stage: FinishStage) => HalvesRunner
  }) {
    const { plan, halves, state, inputs } = parts
    const { graph } = plan
    this.#state = state
    this.#plan = plan
    this.#halves = halves
    this.#finish = parts.finish
    this.#names = graph.outputs.map(({ name }) => name)
    this.#stage = new FinishStage({ finish: plan.finish, split: plan.split, state })
    this.#inputs = new Map(
      graph.inputs.flatMap(({ name, value }) => {
        const spec = inputs[name]
        return spec ? [[name, { spec, size: sizeOf(spec.shape), value }] as const] : []
      }),
    )
    this.#drawn = new DrawnInputs(graph)
    if (this.#drawn.inputs.length > 0) state.requireRandom()
    for (const { name, value, array } of this.#drawn.inputs) this.#bindInput(name, value, array)
    this.#outputs = plan.outputs.map(({ name, value, isParted }) => {
      const array = new Float32Array(sizeOf(value.shape))
      for (const half of isParted ? halves : halves.slice(0, 1)) {
        const bound = half.graph.outputs.find((output) => output.name === name)?.value
        if (bound) half.session.bindOutput(outputName(half, name), partOf(array, isParted ? this.#rangeOf(half) : undefined), bound.shape)
      }
      return { name, array }
    })
    this.#runner = parts.makeRunner(this.#stage)
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
      const drawn = this.#drawn.inputs.map(({ name, array }) => [name, array] as const)
      this.#stage.takeInputs(drawn.length > 0 ? { ...values, ...Object.fromEntries(drawn) } : values)
      await this.#compute()
      if (drawn.length > 0) this.#state.advanceRandom()
      return this.#results()
    })
    this.#running = running.catch(() => undefined)
    return running
  }

  async dispose(): Promise<void> {
    if (this.#isDisposed) return
    this.#isDisposed = true
    await this.#running
    await this.#runner.dispose()
    this.#stage.dispose()
    for (const { session } of this.#halves) await session.release()
    await this.#finish?.session.release()
  }

  async #compute(): Promise<void> {
    try {
      await this.#runner.run()
    } catch (error) {
      throw runFailed(error)
    }
  }

  #results(): Record<string, Float32Array> {
    const found = new Map<string, Float32Array>(this.#outputs.map(({ name, array }) => [name, array.slice()]))
    for (const { name, update } of this.#plan.finish.outputs) found.set(name, this.#stage.read(update))
    return Object.fromEntries(this.#names.map((name) => [name, found.get(name) ?? new Float32Array()]))
  }

  #bindInputs(values: Readonly<Record<string, ArrayLike<number>>>): void {
    for (const [name, input] of this.#inputs) {
      const given = values[name]
      if (given !== undefined && given === input.array && given.length === input.size) continue
      const array = requireArray(name, input, given)
      this.#bindInput(name, input.value, array)
      input.array = array
    }
  }

  /** Has each half read its examples of an array, or all of it where it has none. */
  #bindInput(name: string, value: Value, array: InputArray): void {
    const isParted = this.#plan.analysis.roles.get(value)?.kind === 'examples'
    for (const half of this.#halves) {
      const index = half.graph.inputs.findIndex((input) => input.name === name)
      const shape = half.graph.inputs[index]?.value.shape ?? []
      const part = partOf(array, isParted ? this.#rangeOf(half) : undefined)
      half.session.bindInput(half.encoded.inputNames[index] ?? name, value.dtype as ElementType, part as never, shape)
    }
  }

  #rangeOf({ range: { from, count } }: HalfSession): { readonly from: number; readonly to: number } {
    const { examples } = this.#plan.analysis
    return { from: from / examples, to: (from + count) / examples }
  }

  /** Bound once, and anew when the arena has grown since. */
  #bindBlocks(): void {
    const { arena } = this.#state
    if (this.#buffer === arena.buffer) return
    const { sums, handed } = this.#plan.finish
    const bind = (half: HalfSession, name: string, { block, value }: { block: Block; value: Value }) =>
      half.session.bindOutput(outputName(half, name), arena.floats(block), value.shape)
    this.#halves.forEach((half, index) => {
      half.graph.states.forEach(({ name, value }, place) => {
        const values = arena.floats(this.#state.blockOf(name))
        half.session.bindInput(half.encoded.stateNames[place] ?? '', 'float32', values, value.shape)
      })
      for (const { value, halves } of sums) {
        const input = halves[index]
        if (input) bind(half, sumName(value), { block: this.#stage.blockOf(input.value), value })
      }
    })
    for (const { value, input } of handed) bind(this.#halves[0], handedName(value), { block: this.#stage.blockOf(input.value), value })
    if (this.#finish) this.#bindFinish(this.#finish)
    this.#buffer = arena.buffer
  }

  #bindFinish({ session, encoded }: FinishSession): void {
    const { arena } = this.#state
    const { body, handed } = this.#plan.split
    body.inputs.forEach(({ name, value }, index) => {
      session.bindInput(encoded.inputNames[index] ?? name, 'float32', arena.floats(this.#stage.blockOf(value)), value.shape)
    })
    body.states.forEach(({ name, value }, index) => {
      session.bindInput(encoded.stateNames[index] ?? name, 'float32', arena.floats(this.#state.blockOf(name)), value.shape)
    })
    handed.forEach(({ name, value }, index) => {
      session.bindOutput(encoded.outputNames[index] ?? name, arena.floats(this.#stage.blockOf(value)), value.shape)
    })
  }
}

function outputName({ graph, encoded }: HalfSession, name: string): string {
  return encoded.outputNames[graph.outputs.findIndex((output) => output.name === name)] ?? name
}

/** The elements between two fractions of an array; both are multiples of one example. */
function partOf<Values extends InputArray>(array: Values, range: { readonly from: number; readonly to: number } | undefined): Values {
  if (!range) return array
  return array.subarray(Math.round(range.from * array.length), Math.round(range.to * array.length)) as Values
}
