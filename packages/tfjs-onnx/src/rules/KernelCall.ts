import type { backend_util, NamedAttrMap } from '@tensorflow/tfjs-core'
import { CompileError, type CompileErrorCode, type CompileErrorParts } from '../errors.js'
import { type DType, formatType, type Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import type { DrawRecorder } from '../randomness/DrawRecorder.js'

/** Gives a rule typed access to one call of a tfjs kernel, and the graph to add nodes to. */
export class KernelCall {
  readonly graph: GraphBuilder
  readonly kernel: string
  readonly inputs: Readonly<Record<string, Value>>
  readonly #attributes: NamedAttrMap
  /** The tfjs function the user called, such as `tf.conv2d`, where it is known. */
  readonly #calledAs: string | undefined
  readonly #recorder: DrawRecorder

  constructor(parts: {
    graph: GraphBuilder
    kernel: string
    inputs: Readonly<Record<string, Value>>
    attributes: NamedAttrMap
    calledAs?: string | undefined
    recorder: DrawRecorder
  }) {
    this.graph = parts.graph
    this.kernel = parts.kernel
    this.inputs = parts.inputs
    this.#attributes = parts.attributes
    this.#calledAs = parts.calledAs
    this.#recorder = parts.recorder
  }

  input(name: string): Value {
    return this.inputs[name] ?? this.fail('UNSUPPORTED_OP', { expected: `a tensor ${name}`, got: 'none' })
  }

  /** Reads the tensors of a kernel that takes a list. */
  list(): readonly Value[] {
    return Object.values(this.inputs)
  }

  number(name: string, fallback?: number): number {
    const value = this.#attributes[name] ?? fallback
    return typeof value === 'number'
      ? value
      : this.fail('UNSUPPORTED_OP', { expected: `attribute ${name} to be a number`, got: `${value}` })
  }

  flag(name: string): boolean {
    return this.#attributes[name] === true
  }

  text(name: string, fallback: string): string {
    const value = this.#attributes[name] ?? fallback
    return typeof value === 'string'
      ? value
      : this.fail('UNSUPPORTED_OP', { expected: `attribute ${name} to be a string`, got: `${value}` })
  }

  dtype(name: string, fallback: DType): DType {
    const dtype = this.text(name, fallback)
    if (dtype === 'float32' || dtype === 'int32' || dtype === 'bool') return dtype
    return this.fail('UNSUPPORTED_DTYPE', { expected: 'float32, int32 or bool', got: dtype })
  }

  /** Reads a list of numbers; a single number is a list of one. */
  numbers(name: string, fallback?: readonly number[]): readonly number[] {
    const value = this.#attributes[name] ?? fallback
    if (typeof value === 'number') return [value]
    if (Array.isArray(value) && value.every((each) => typeof each === 'number')) return value as number[]
    return this.fail('UNSUPPORTED_OP', { expected: `attribute ${name} to be a list of numbers`, got: `${value}` })
  }

  /** Reads one number for each of two spatial axes; a single number is both. */
  twoNumbers(name: string, fallback?: number): [number, number] {
    const [first, second = first, ...more] = this.numbers(name, fallback === undefined ? undefined : [fallback])
    if (first === undefined || second === undefined || more.length > 0) {
      return this.fail('UNSUPPORTED_OP', {
        expected: `attribute ${name} to be one or two numbers`,
        got: JSON.stringify(this.#attributes[name]),
      })
    }
    return [first, second]
  }

  /** Reads a seed; undefined where tfjs chose one by itself. */
  seed(name: string): number | undefined {
    return this.#recorder.seedOf(this.number(name))
  }

  isNumber(name: string): boolean {
    return typeof this.#attributes[name] === 'number'
  }

  pairs(name: string): readonly (readonly [number, number])[] {
    const value: unknown = this.#attributes[name]
    const isPair = (each: unknown): each is [number, number] =>
      Array.isArray(each) && each.length === 2 && each.every((part) => typeof part === 'number')
    return Array.isArray(value) && value.every(isPair)
      ? value
      : this.fail('UNSUPPORTED_OP', { expected: `attribute ${name} to be a list of pairs`, got: `${value}` })
  }

  /** Reads one of several names; undefined where the attribute is absent. */
  choice<Name extends string>(name: string, allowed: readonly Name[]): Name | undefined {
    const value: unknown = this.#attributes[name]
    if (value === undefined || value === null) return undefined
    return (
      allowed.find((each) => each === value) ??
      this.fail('UNSUPPORTED_OP', { expected: `attribute ${name} to be ${allowed.join(' or ')}`, got: `${value}` })
    )
  }

  /** Reads how a kernel with windows pads: by name, by the same number everywhere, or by a pair for each axis. */
  padding(): 'same' | 'valid' | number | backend_util.ExplicitPadding {
    if (this.isNumber('pad')) return this.number('pad')
    if (Array.isArray(this.#attributes.pad)) return this.pairs('pad') as backend_util.ExplicitPadding
    return this.choice('pad', ['same', 'valid'] as const) ?? this.fail('UNSUPPORTED_OP', { expected: 'attribute pad', got: 'none' })
  }

  /** Reads axes, sorted and counted from the front; an attribute that is absent means all. */
  axes(name: string, { shape }: Value): readonly number[] {
    const given = this.#attributes[name]
    if (given === undefined || given === null) return shape.map((_, axis) => axis)
    const axes = this.numbers(name).map((axis) => this.#resolveAxis(name, axis, shape.length))
    return [...new Set(axes)].sort((a, b) => a - b)
  }

  /** Reads one of `rank` axes, counted from the front. @default axis 0 */
  axis(name: string, rank: number): number {
    return this.#resolveAxis(name, this.number(name, 0), rank)
  }

  #resolveAxis(name: string, axis: number, rank: number): number {
    const resolved = axis < 0 ? axis + rank : axis
    if (Number.isInteger(axis) && resolved >= 0 && resolved < rank) return resolved
    return this.fail('UNSUPPORTED_SHAPE', {
      expected: `${name} to be a whole number from ${-rank} to ${rank - 1}`,
      got: `${axis}`,
      advice: 'Name an axis that is there.',
    })
  }

  fail(code: CompileErrorCode, failure: Omit<CompileErrorParts, 'subject'>): never {
    throw new CompileError(code, { subject: this.toString(), ...failure })
  }

  /** Writes the call as messages show it: `Conv2D(x: float32[1,28,28,1], strides: 2) called by tf.conv2d`. */
  toString(): string {
    const tensors = Object.entries(this.inputs).map(([name, value]) => `${name}: ${formatType(value)}`)
    const attributes = Object.entries(this.#attributes)
      .filter(([, value]) => value !== undefined && value !== null)
      .map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
    const call = `${this.kernel}(${[...tensors, ...attributes].join(', ')})`
    return this.#calledAs === undefined ? call : `${call} called by tf.${this.#calledAs}`
  }
}
