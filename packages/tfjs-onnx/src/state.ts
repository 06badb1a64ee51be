import * as tf from '@tensorflow/tfjs-core'
import { CompileError, type CompileErrorParts } from './errors.js'
import { type Shape, sizeOf } from './graph.js'
import type { RandomPosition } from './randomness/DrawnInputs.js'
import { decodePosition, encodePosition, randomStateName, requireSeed } from './randomness/RandomState.js'
import { Arena, type Block } from './updates/Arena.js'

/** Named float32 tensors outside tfjs: parameters, optimizer slots, a snapshot of a state. */
export type NamedTensors = Readonly<Record<string, { readonly shape: Shape; readonly values: Float32Array }>>

export interface StateOptions {
  /** Of the random numbers that compiled functions draw. @default 0 */
  readonly seed?: number
}

interface Slot {
  readonly variable: tf.Variable
  readonly shape: Shape
  readonly block: Block
}

/** Holds what a training step changes: parameters, optimizer slots, counters. Several compiled functions may share one. */
export class State {
  /** Where the tensors lie, and what compiled functions hand from one part of a step to the next. */
  readonly arena = new Arena()
  readonly #slots = new Map<string, Slot>()
  #isBusy = false
  #waiting: (() => void)[] = []

  #random: RandomPosition | undefined

  constructor(variables: Readonly<Record<string, tf.Variable>>, { seed }: StateOptions = {}) {
    if (seed !== undefined) this.#random = { seed: requireSeed(seed), step: 0 }
    const owners = new Map<tf.Variable, string>()
    for (const [name, variable] of Object.entries(variables)) {
      requireVariable(name, variable)
      const owner = owners.get(variable)
      if (owner !== undefined) throw invalid(name, { expected: 'a variable of its own', got: `the variable that is ${owner} already` })
      owners.set(variable, name)
      if (name === randomStateName)
        throw invalid(name, { expected: 'another name', got: 'that of the seed and the step of random numbers' })
      if (variable.dtype !== 'float32') {
        const advice = 'Keep whole numbers as float32, which holds them exactly to 16777216, and use tf.cast in the function.'
        throw new CompileError('UNSUPPORTED_DTYPE', { subject: `state ${name}`, expected: 'float32', got: variable.dtype, advice })
      }
      const block = this.arena.allocate(variable.size)
      this.arena.floats(block).set(variable.dataSync<'float32'>())
      this.#slots.set(name, { variable, shape: [...variable.shape], block })
    }
  }

  get names(): readonly string[] {
    return [...this.#slots.keys()]
  }

  /** The variables that stand for the state inside traced functions; their eager values are not part of it. */
  get variables(): ReadonlyMap<string, tf.Variable> {
    return new Map([...this.#slots].map(([name, { variable }]) => [name, variable]))
  }

  /**
   * The seed of the random numbers that its functions draw, and how many runs have drawn: the next one draws those of `step`. Undefined
   * where it was given no seed and none of its functions draws.
   */
  get random(): RandomPosition | undefined {
    return this.#random
  }

  /** Copies the values of one tensor, row-major. */
  read(name: string): Float32Array {
    return this.arena.floats(this.#slot(name).block).slice()
  }

  /** Overwrites one tensor. Throws INVALID_STATE for a wrong length, RUN_IN_PROGRESS while a run uses the state. */
  write(name: string, values: ArrayLike<number>): void {
    const { block, shape } = this.#slot(name)
    if (values?.length !== sizeOf(shape)) throw invalid(name, { expected: `${sizeOf(shape)} values`, got: `${values?.length ?? values}` })
    this.#assertIdle()
    this.arena.floats(block).set(values)
  }

  /** Copies the whole state, also, under `randomStateName`, seed and step of its random numbers where it has such. */
  snapshot(): NamedTensors {
    const tensors = [...this.#slots].map(([name, { shape }]) => [name, { shape, values: this.read(name) }] as const)
    return Object.fromEntries(this.#random ? [...tensors, [randomStateName, encodePosition(this.#random)] as const] : tensors)
  }

  /** Overwrites the whole state with a snapshot of the same names and shapes; throws before it changes anything. */
  restore(snapshot: NamedTensors): void {
    this.#assertIdle()
    if (typeof snapshot !== 'object' || snapshot === null)
      throw invalid('restore', { expected: 'what snapshot returned', got: `${snapshot}` })
    const { [randomStateName]: random, ...tensors } = snapshot
    for (const name of Object.keys(tensors)) this.#slot(name)
    const position = random && decodePosition(random)
    if (this.#random && !position)
      throw invalid(randomStateName, { expected: 'seed and step of its random numbers in the snapshot', got: 'none' })
    for (const [name, { shape }] of this.#slots) {
      const tensor = snapshot[name]
      if (!tensor) throw invalid(name, { expected: 'a tensor in the snapshot', got: 'none' })
      if (tensor.shape.join() !== shape.join() || tensor.values.length !== sizeOf(shape)) {
        throw invalid(name, {
          expected: `shape [${shape.join(',')}]`,
          got: `[${tensor.shape.join(',')}] with ${tensor.values.length} values`,
        })
      }
    }
    for (const name of this.#slots.keys()) this.write(name, snapshot[name]?.values ?? [])
    if (position) this.#random = position
  }

  /** Makes the state one that random numbers are drawn for, by seed 0 where it was given none; for compiled functions. */
  requireRandom(): void {
    this.#random ??= { seed: 0, step: 0 }
  }

  /** Says that a run has drawn; for compiled functions. */
  advanceRandom(): void {
    if (this.#random) this.#random = { ...this.#random, step: this.#random.step + 1 }
  }

  /** Where one tensor lies in the arena; for compiled functions. */
  blockOf(name: string): Block {
    return this.#slot(name).block
  }

  /** Runs `body`, which alone may use the state until it ends; for compiled functions. */
  async hold<Result>(body: () => Promise<Result>): Promise<Result> {
    this.#assertIdle()
    this.#isBusy = true
    try {
      return await body()
    } finally {
      this.#isBusy = false
      for (const resume of this.#waiting.splice(0)) resume()
    }
  }

  /** Runs `body`, which may make the arena grow, once no run uses the state; for compiled functions. */
  async betweenRuns<Result>(body: () => Result): Promise<Result> {
    while (this.#isBusy) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    return body()
  }

  #slot(name: string): Slot {
    const slot = this.#slots.get(name)
    if (!slot) throw invalid(name, { expected: `a name among ${this.names.join(', ') || 'none'}`, got: 'an unknown name' })
    return slot
  }

  #assertIdle(): void {
    if (!this.#isBusy) return
    throw new CompileError('RUN_IN_PROGRESS', {
      subject: 'state',
      expected: 'no run to be using it',
      got: 'a run that has not finished',
      advice: 'Await run before the next call.',
    })
  }
}

/**
 * Makes a state out of variables and the values they have now. Throws INVALID_STATE for one that occurs twice and for a seed that is no
 * whole number.
 */
export function createState(variables: Readonly<Record<string, tf.Variable>>, options?: StateOptions): State {
  return new State(variables, options)
}

function requireVariable(name: string, variable: unknown): void {
  if (!(variable instanceof tf.Variable)) {
    const got = variable instanceof tf.Tensor ? 'a tensor' : `${variable}`
    throw invalid(name, {
      expected: 'a tf.Variable',
      got,
      advice: variable instanceof tf.Tensor ? 'Make one of it with tf.variable.' : undefined,
    })
  }
  if (variable.isDisposed) throw invalid(name, { expected: 'a variable with a value', got: 'one that was disposed of' })
}

function invalid(name: string, problem: Omit<CompileErrorParts, 'subject'>): CompileError {
  return new CompileError('INVALID_STATE', { subject: `state ${name}`, ...problem })
}
