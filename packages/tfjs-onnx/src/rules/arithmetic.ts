import type { DType, Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import type { OperatorName } from '../operators/index.js'
import { emitCast, emitWholePart } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rule, Rules } from './Rule.js'

const numeric: readonly DType[] = ['float32', 'int32']

function binary(op: OperatorName, row: Omit<Rule, 'emit'>): Rule {
  return { ...row, emit: ({ graph, ...call }) => graph.node(op, operands(call)) }
}

function operands(call: Pick<KernelCall, 'inputs'>): readonly Value[] {
  const { a, b } = call.inputs
  return a && b ? [a, b] : []
}

/** floor(a / b), int32 as in tfjs also for float32: ONNX divides integers towards zero, so a remainder of the other sign takes one off. */
function emitFloorDiv(call: KernelCall): Value {
  const { graph } = call
  const [a, b] = [call.input('a'), call.input('b')]
  const quotient = graph.node('Div', [a, b])
  if (a.dtype === 'float32') return emitWholePart(graph, graph.node('Floor', [quotient]))
  const remainder = graph.node('Sub', [a, graph.node('Mul', [quotient, b])])
  const zero = graph.scalar('int32', 0)
  const wrongSign = graph.node('Less', [graph.node('Mul', [graph.node('Sign', [remainder]), graph.node('Sign', [b])]), zero])
  return graph.node('Sub', [quotient, emitCast(graph, wrongSign, 'int32')])
}

/** The remainder with the sign of the divisor. */
function emitMod(call: KernelCall): Value {
  const { graph } = call
  const [a, b] = [call.input('a'), call.input('b')]
  if (a.dtype === 'int32') return graph.node('Mod', [a, b], { fmod: 0 })
  const remainder = graph.node('Mod', [a, b], { fmod: 1 })
  const zero = graph.scalar('float32', 0)
  const wrongSign = graph.node('Less', [graph.node('Mul', [graph.node('Sign', [remainder]), graph.node('Sign', [b])]), zero])
  return graph.node('Where', [wrongSign, graph.node('Add', [remainder, b]), remainder])
}

/**
 * The angle of the point (b, a). atan(a / |b|) is right where b >= 0; on the other side it is mirrored at the axis of a.
 * On the axis of b itself, a = 0, the angle is 0 or pi, whatever 0 / |b| may be.
 */
function emitAtan2(call: KernelCall): Value {
  const { graph } = call
  const [a, b] = [call.input('a'), call.input('b')]
  const zero = graph.scalar('float32', 0)
  const pi = graph.scalar('float32', Math.PI)
  const isLeft = graph.node('Less', [b, zero])
  const isBelow = graph.node('Less', [a, zero])
  const angle = graph.node('Atan', [graph.node('Div', [a, graph.node('Abs', [b])])])
  const half = graph.node('Where', [isBelow, graph.scalar('float32', -Math.PI), pi])
  const onAxis = graph.node('Where', [isLeft, pi, zero])
  const off = graph.node('Where', [isLeft, graph.node('Sub', [half, angle]), angle])
  return graph.node('Where', [graph.node('And', [graph.node('Equal', [a, zero]), emitIsNumber(graph, b)]), onAxis, off])
}

function emitIsNumber(graph: GraphBuilder, x: Value): Value {
  return graph.node('Not', [graph.node('IsNaN', [x])])
}

function emitAddN(call: KernelCall): Value {
  return call.list().reduce((sum, each) => call.graph.node('Add', [sum, each]))
}

function emitSquaredDifference(call: KernelCall): Value {
  const difference = call.graph.node('Sub', [call.input('a'), call.input('b')])
  return call.graph.node('Mul', [difference, difference])
}

/** Two tensors in, one out; they broadcast. */
export const arithmeticRules = {
  Add: binary('Add', { dtypes: numeric, since: 14, tolerance: 0 }),
  AddN: { emit: emitAddN, dtypes: numeric, since: 14, tolerance: 1e-6 },
  Atan2: { emit: emitAtan2, since: 16, tolerance: 1e-6, note: 'of -0 is that of 0, of two infinities NaN' },
  BitwiseAnd: binary('BitwiseAnd', { dtypes: ['int32'], since: 18, tolerance: 0 }),
  FloorDiv: {
    emit: emitFloorDiv,
    dtypes: numeric,
    since: 16,
    tolerance: 0,
    note: 'gives int32, as in tfjs; 0 for what is NaN or beyond int32',
  },
  Maximum: binary('Max', { dtypes: numeric, since: 13, tolerance: 0 }),
  Minimum: binary('Min', { dtypes: numeric, since: 13, tolerance: 0 }),
  Mod: { emit: emitMod, dtypes: numeric, since: 16, tolerance: 1e-6 },
  Multiply: binary('Mul', { dtypes: numeric, since: 14, tolerance: 0 }),
  Pow: binary('Pow', { dtypes: numeric, since: 15, tolerance: 1e-5, note: '1 to the power of NaN is 1' }),
  RealDiv: binary('Div', { since: 14, tolerance: 0 }),
  SquaredDifference: { emit: emitSquaredDifference, dtypes: numeric, since: 14, tolerance: 1e-6 },
  Sub: binary('Sub', { dtypes: numeric, since: 14, tolerance: 0 }),
} as const satisfies Rules
