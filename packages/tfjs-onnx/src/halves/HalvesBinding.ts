import type { EncodedGraph } from '../encode.js'
import { type Graph, sizeOf, type Value } from '../graph.js'
import type { GivenInputs, InputArray } from '../inputArrays.js'
import { orRunFailed } from '../runFailed.js'
import type { StepSessions } from '../StepRun.js'
import type { ElementType, Session } from '../session/Session.js'
import type { State } from '../state.js'
import type { Arena, Block } from '../updates/Arena.js'
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

/** The session of what follows the halves and is not elementwise. */
export interface FinishSession {
  readonly session: Session
  readonly encoded: EncodedGraph
}

/** Binds the sessions of both halves to the arena of their state and to their parts of inputs and outputs. */
export class HalvesBinding implements StepSessions {
  readonly #state: State
  readonly #plan: HalvesPlan
  readonly #halves: readonly [HalfSession, HalfSession]
  readonly #finish: FinishSession | undefined
  readonly #stage: FinishStage
  readonly #outputs: readonly { readonly name: string; readonly array: Float32Array }[]
  readonly #names: readonly string[]
  readonly #runner: HalvesRunner

  constructor(parts: {
    plan: HalvesPlan
    halves: readonly [HalfSession, HalfSession]
    finish: FinishSession | undefined
    state: State
    makeRunner: (stage: FinishStage) => HalvesRunner
  }) {
    const { plan, halves, state } = parts
    const { graph } = plan
    this.#state = state
    this.#plan = plan
    this.#halves = halves
    this.#finish = parts.finish
    this.#names = graph.outputs.map(({ name }) => name)
    this.#stage = new FinishStage({ finish: plan.finish, split: plan.split, state })
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

  async compute(inputs: GivenInputs): Promise<void> {
    this.#stage.takeInputs(inputs)
    await orRunFailed(() => this.#runner.run())
  }

  results(): Record<string, Float32Array> {
    const found = new Map<string, Float32Array>(this.#outputs.map(({ name, array }) => [name, array.slice()]))
    for (const { name, update } of this.#plan.finish.outputs) found.set(name, this.#stage.read(update))
    return Object.fromEntries(this.#names.map((name) => [name, found.get(name) ?? new Float32Array()]))
  }

  async release(): Promise<void> {
    await this.#runner.dispose()
    this.#stage.dispose()
    for (const { session } of this.#halves) await session.release()
    await this.#finish?.session.release()
  }

  /** Has each half read its examples of an array, or all of it where it has none. */
  bindInput(name: string, array: InputArray): void {
    const value = this.#plan.graph.inputs.find((input) => input.name === name)?.value
    if (!value) return
    const isParted = this.#plan.analysis.roles.get(value)?.kind === 'examples'
    for (const half of this.#halves) {
      const index = half.graph.inputs.findIndex((input) => input.name === name)
      const shape = half.graph.inputs[index]?.value.shape ?? []
      const part = partOf(array, isParted ? this.#rangeOf(half) : undefined)
      half.session.bindInput(half.encoded.inputNames[index] ?? name, { dtype: value.dtype as ElementType, values: part, shape })
    }
  }

  #rangeOf({ range: { from, count } }: HalfSession): { readonly from: number; readonly to: number } {
    const { examples } = this.#plan.analysis
    return { from: from / examples, to: (from + count) / examples }
  }

  bindBlocks(arena: Arena): void {
    const { sums, handed } = this.#plan.finish
    const bind = (half: HalfSession, name: string, { block, value }: { block: Block; value: Value }) =>
      half.session.bindOutput(outputName(half, name), arena.floats(block), value.shape)
    this.#halves.forEach((half, index) => {
      half.graph.states.forEach(({ name, value }, place) => {
        const values = arena.floats(this.#state.blockOf(name))
        half.session.bindInput(half.encoded.stateNames[place] ?? '', { dtype: 'float32', values, shape: value.shape })
      })
      for (const { value, halves } of sums) {
        const input = halves[index]
        if (input) bind(half, sumName(value), { block: this.#stage.blockOf(input.value), value })
      }
    })
    for (const { value, input } of handed) bind(this.#halves[0], handedName(value), { block: this.#stage.blockOf(input.value), value })
    if (this.#finish) this.#bindFinish(this.#finish, arena)
  }

  #bindFinish({ session, encoded }: FinishSession, arena: Arena): void {
    const { body, handed } = this.#plan.split
    body.inputs.forEach(({ name, value }, index) => {
      session.bindInput(encoded.inputNames[index] ?? name, {
        dtype: 'float32',
        values: arena.floats(this.#stage.blockOf(value)),
        shape: value.shape,
      })
    })
    body.states.forEach(({ name, value }, index) => {
      session.bindInput(encoded.stateNames[index] ?? name, {
        dtype: 'float32',
        values: arena.floats(this.#state.blockOf(name)),
        shape: value.shape,
      })
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
