import { CompileError } from '../errors.js'
import type { GraphNode } from '../graph.js'
import { type Operator, type OperatorName, operators } from '../operators/index.js'

/** The oldest opset that models are exported for: that of ONNX 1.8, which ONNX Runtime loads since 1.6. */
const oldestOpset = 13

/**
 * Operators whose rows in the operator tables name a newer version, though what graphs use of them means the same in an older one: later
 * versions added element types, an attribute that is not used, or made axes an operand (see axesAsAttribute).
 */
const olderOpsets: Partial<Record<OperatorName, number>> = {
  Add: 13,
  CumSum: 11,
  Div: 13,
  GreaterOrEqual: 12,
  Identity: 13,
  LeakyRelu: 6,
  LessOrEqual: 12,
  Mul: 13,
  Pad: 13,
  Pow: 13,
  PRelu: 9,
  ReduceMax: 13,
  ReduceMean: 13,
  ReduceMin: 13,
  ReduceProd: 13,
  Relu: 13,
  Reshape: 13,
  ScatterElements: 16,
  Sub: 13,
  Where: 9,
}

/** The opset from which on a reduction takes its axes as an operand; before, they are an attribute. */
const axesAsOperandSince: Partial<Record<OperatorName, number>> = { ReduceMax: 18, ReduceMean: 18, ReduceMin: 18, ReduceProd: 18 }

/** Tells whether a reduction has its axes as an attribute in an opset. */
export function takesAxesAsAttribute(op: OperatorName, opset: number): boolean {
  return opset < (axesAsOperandSince[op] ?? 0)
}

/**
 * Chooses the opset of a model: the oldest that has all its operators, or the one that is `wanted`. Throws UNSUPPORTED_OP, naming an
 * operator, where that is too old, or newer than the operator tables.
 */
export function chooseOpset(nodes: readonly GraphNode[], { wanted, newest }: { wanted: number | undefined; newest: number }): number {
  const needs = nodes.map(({ op }) => ({ op, since: sinceOf(op) }))
  const oldest = needs.reduce((opset, { since }) => Math.max(opset, since), oldestOpset)
  if (wanted === undefined) return oldest
  if (Number.isInteger(wanted) && wanted >= oldest && wanted <= newest) return wanted
  const reason = needs.find(({ since }) => since === oldest)?.op
  const because = oldest > oldestOpset && reason ? `, which ${reason} needs,` : ''
  throw new CompileError('UNSUPPORTED_OP', {
    subject: 'opset of the exported model',
    expected: oldest === newest ? `${oldest}${because}` : `one from ${oldest}${because} to ${newest}`,
    got: `${wanted}`,
  })
}

/** The version of ONNX's file format that came with an opset, which older runtimes take with it. */
export function irVersionOf(opset: number): number {
  return opset < 15 ? 7 : 8
}

function sinceOf(op: OperatorName): number {
  const operator: Operator = operators[op]
  return olderOpsets[op] ?? operator.since
}
