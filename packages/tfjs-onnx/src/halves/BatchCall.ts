import type { Constant, GraphNode, Value } from '../graph.js'
import { OperatorCall } from '../operators/OperatorCall.js'
import { type BatchRole, combined, type ExampleAxis, examplesOn, partial, shared } from './BatchRole.js'

/** What a rule finds: the role of a node's outputs, and at which axis inputs that do not depend on the batch are to be cut like it. */
export interface RoleResult {
  readonly role: BatchRole
  readonly cuts?: ReadonlyMap<number, ExampleAxis>
}

/** One node to a rule that asks how its outputs depend on the batch. */
export class BatchCall {
  readonly #operatorCall: OperatorCall

  constructor(
    readonly node: GraphNode,
    readonly roles: readonly BatchRole[],
    private readonly constantOf: (value: Value) => Constant | undefined,
  ) {
    this.#operatorCall = new OperatorCall(node, constantOf)
  }

  /** The input of a place; a rule asks for those that its operator has. */
  input(index: number): Value {
    return this.#operatorCall.input(index)
  }

  get output(): Value {
    const [output] = this.node.outputs
    return output ?? this.#operatorCall.fail('an output', 'none')
  }

  role(index: number): BatchRole {
    return this.roles[index] ?? shared
  }

  /** The examples' axis in an input; undefined where it has none. */
  examples(index: number): ExampleAxis | undefined {
    const role = this.role(index)
    return role.kind === 'examples' ? role : undefined
  }

  /** Whether an input is a sum over the examples, or made of such. */
  get hasSums(): boolean {
    return this.roles.some(({ kind }) => kind === 'partial' || kind === 'combined')
  }

  /** Why it cannot be computed by halves, where one input has examples and another sums over them. */
  get examplesMeetSums(): string | undefined {
    const hasExamples = this.roles.some(({ kind }) => kind === 'examples')
    return hasExamples && this.hasSums ? 'needs a sum over the whole batch for each example' : undefined
  }

  /** The only element of an input that is constant. */
  constantNumber(index: number): number | undefined {
    const constant = this.constantOf(this.input(index))
    return constant?.data.length === 1 ? Number(constant.data[0]) : undefined
  }

  integers(index: number): readonly number[] {
    return this.#operatorCall.integers(index)
  }

  number(name: string, fallback: number): number {
    return this.#operatorCall.number(name, fallback)
  }

  numbers(name: string): readonly number[] {
    return this.#operatorCall.numbers(name)
  }

  /** An axis of an input, counted from its first. */
  axisOf(index: number, axis: number): number {
    return this.#operatorCall.axis(axis, this.input(index).shape.length)
  }

  isShared(index: number): boolean {
    return this.role(index).kind === 'shared'
  }

  toString(): string {
    return this.#operatorCall.toString()
  }
}

/** How the outputs depend on the batch; a text says why the node cannot be computed by halves. */
export type BatchRule = (call: BatchCall) => RoleResult | string

export const is = (role: BatchRole, cuts?: ReadonlyMap<number, ExampleAxis>): RoleResult => (cuts ? { role, cuts } : { role })

/** The role of what is computed of sums over the batch and of values that do not depend on it. */
export function ofSums(isLinear: boolean): RoleResult {
  return is(isLinear ? partial : combined)
}

/**
 * Aligns inputs that broadcast to the output from its last axis on: all examples lie on one axis of it, and what is shared and has more than
 * one element there is cut.
 */
export function alignExamples(call: BatchCall, indices: readonly number[], rank: number): RoleResult | string {
  const aligned = indices.flatMap((index) => {
    const examples = call.examples(index)
    return examples ? [{ axis: examples.axis + rank - call.input(index).shape.length, inner: examples.inner }] : []
  })
  const [first] = aligned
  if (!first) return is(shared)
  if (aligned.some(({ axis, inner }) => axis !== first.axis || inner !== first.inner)) return 'brings different examples together'
  const cuts = new Map<number, ExampleAxis>()
  for (const index of indices) {
    const { shape } = call.input(index)
    const axis = first.axis - rank + shape.length
    if (call.isShared(index) && axis >= 0 && shape[axis] !== 1) cuts.set(index, { axis, inner: first.inner })
  }
  return is(examplesOn(first.axis, first.inner), cuts)
}
