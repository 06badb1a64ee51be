import { engine } from '@tensorflow/tfjs-core'
import type { DType, Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import type { OperatorName } from '../operators/index.js'
import { emitCast } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rule, Rules } from './Rule.js'

const numeric: readonly DType[] = ['float32', 'int32']

function unary(op: OperatorName, row: Omit<Rule, 'emit'>): Rule {
  return { ...row, emit: (call) => call.graph.node(op, [call.input('x')]) }
}

/** Kernels whose rule is a formula over one tensor. */
function formula(emit: (graph: GraphBuilder, x: Value, call: KernelCall) => Value, row: Omit<Rule, 'emit'>): Rule {
  return { ...row, emit: (call) => emit(call.graph, call.input('x'), call) }
}

function clip(graph: GraphBuilder, x: Value, [low, high]: readonly [low: number, high: number]): Value {
  return graph.node('Min', [graph.node('Max', [x, graph.scalar(x.dtype, low)]), graph.scalar(x.dtype, high)])
}

/** Emits min(max(x, 0), 6). */
export function emitRelu6(graph: GraphBuilder, x: Value): Value {
  return clip(graph, x, [0, 6])
}

function emitRelu(graph: GraphBuilder, x: Value): Value {
  return x.dtype === 'int32' ? graph.node('Max', [x, graph.scalar('int32', 0)]) : graph.node('Relu', [x])
}

function emitPrelu(call: KernelCall): Value {
  const [x, alpha] = [call.input('x'), call.input('alpha')].map((each) => emitCast(call.graph, each, 'float32'))
  return x && alpha ? call.graph.node('PRelu', [x, alpha]) : call.input('x')
}

/** 0 for NaN, as in tfjs; the operator gives NaN. */
function emitSign(graph: GraphBuilder, x: Value): Value {
  const sign = graph.node('Sign', [x])
  if (x.dtype !== 'float32') return sign
  return graph.node('Where', [graph.node('IsNaN', [x]), graph.scalar('float32', 0), sign])
}

/** tanh(x/2) * (exp(x) + 1): exp(x) - 1 would lose every digit for small x. */
function emitExpm1(graph: GraphBuilder, x: Value): Value {
  const half = graph.node('Tanh', [graph.node('Mul', [x, graph.scalar('float32', 0.5)])])
  return graph.node('Mul', [half, graph.node('Add', [graph.node('Exp', [x]), graph.scalar('float32', 1)])])
}

/**
 * Keeps the digits that log(1 + x) loses for small x (Kahan): with u = fl(1 + x), log1p(x) = log(u) x / (u - 1).
 * log1p(exp(z)) is softplus(z), one operator and stable for every z: the form of cross-entropy on logits.
 */
function emitLog1p(graph: GraphBuilder, x: Value): Value {
  const producer = graph.producerOf(x)
  const exponent = producer?.op === 'Exp' ? producer.inputs[0] : undefined
  if (exponent) return graph.node('Softplus', [exponent])
  const one = graph.scalar('float32', 1)
  const u = graph.node('Add', [x, one])
  const difference = graph.node('Sub', [u, one])
  const ratio = graph.node('Where', [graph.node('Equal', [difference, x]), one, graph.node('Div', [x, difference])])
  const isLost = graph.node('Equal', [difference, graph.scalar('float32', 0)])
  return graph.node('Where', [isLost, x, graph.node('Mul', [graph.node('Log', [u]), ratio])])
}

/** Tells whether tfjs computes gradients: it names the scope of its backward pass. */
function isBackward(): boolean {
  return engine().state.scopeStack.some(({ name }) => name === 'backward')
}

/**
 * 1 above 0, alpha below, NaN for NaN. The last costs as much as the rest, so that it is left out where a gradient multiplies by the
 * step of relu's input: where that is NaN, so is the loss.
 */
function emitStep(graph: GraphBuilder, x: Value, call: KernelCall): Value {
  const isPositive = graph.node('Greater', [x, graph.scalar(x.dtype, 0)])
  const alpha = call.number('alpha', 0)
  const step =
    alpha === 0
      ? emitCast(graph, isPositive, x.dtype)
      : graph.node('Where', [isPositive, graph.scalar(x.dtype, 1), graph.scalar(x.dtype, alpha)])
  return x.dtype === 'int32' || isBackward() ? step : graph.node('Where', [graph.node('IsNaN', [x]), x, step])
}

/** dy where y >= 0, dy (y + 1) below: y is elu's output. */
function emitEluGrad(call: KernelCall): Value {
  const { graph } = call
  const [dy, y] = [call.input('dy'), call.input('y')]
  const isLinear = graph.node('GreaterOrEqual', [y, graph.scalar('float32', 0)])
  return graph.node('Where', [isLinear, dy, graph.node('Mul', [dy, graph.node('Add', [y, graph.scalar('float32', 1)])])])
}

function emitIsFinite(graph: GraphBuilder, x: Value): Value {
  return graph.node('Not', [graph.node('Or', [graph.node('IsInf', [x]), graph.node('IsNaN', [x])])])
}

/** Functions of each element, activations among them. */
export const basicMathRules = {
  Abs: unary('Abs', { dtypes: numeric, since: 13, tolerance: 0 }),
  Acos: unary('Acos', { since: 7, tolerance: 1e-6 }),
  Acosh: unary('Acosh', { since: 9, tolerance: 1e-5 }),
  Asin: unary('Asin', { since: 7, tolerance: 1e-6 }),
  Asinh: unary('Asinh', { since: 9, tolerance: 1e-5 }),
  Atan: unary('Atan', { since: 7, tolerance: 1e-6 }),
  Atanh: unary('Atanh', { since: 9, tolerance: 1e-5 }),
  Ceil: unary('Ceil', { since: 13, tolerance: 0 }),
  ClipByValue: formula((graph, x, call) => clip(graph, x, [call.number('clipValueMin'), call.number('clipValueMax')]), {
    dtypes: numeric,
    since: 13,
    tolerance: 0,
  }),
  Cos: unary('Cos', { since: 7, tolerance: 1e-6 }),
  Cosh: unary('Cosh', { since: 9, tolerance: 1e-5 }),
  Elu: unary('Elu', { since: 6, tolerance: 1e-6 }),
  EluGrad: { emit: emitEluGrad, since: 16, tolerance: 1e-6, note: 'tfjs has no second derivative of elu' },
  Erf: unary('Erf', { since: 13, tolerance: 1e-5 }),
  Exp: formula((graph, x) => graph.node('Exp', [emitCast(graph, x, 'float32')]), { dtypes: numeric, since: 13, tolerance: 1e-6 }),
  Expm1: formula(emitExpm1, { since: 14, tolerance: 1e-6, note: 'tanh(x/2) (exp(x) + 1): exact for small x too' }),
  Floor: unary('Floor', { since: 13, tolerance: 0 }),
  IsFinite: formula(emitIsFinite, { since: 13, tolerance: 0 }),
  IsInf: unary('IsInf', { since: 10, tolerance: 0 }),
  IsNan: unary('IsNaN', { since: 13, tolerance: 0 }),
  LeakyRelu: formula((graph, x, call) => graph.node('LeakyRelu', [emitCast(graph, x, 'float32')], { alpha: call.number('alpha') }), {
    dtypes: numeric,
    since: 16,
    tolerance: 1e-6,
  }),
  Log: unary('Log', { since: 13, tolerance: 1e-6 }),
  Log1p: formula(emitLog1p, { since: 16, tolerance: 1e-6, note: 'exact for small x too; log1p(exp(z)) becomes Softplus(z)' }),
  Neg: unary('Neg', { dtypes: numeric, since: 13, tolerance: 0 }),
  Prelu: { emit: emitPrelu, dtypes: numeric, since: 16, tolerance: 1e-6 },
  Reciprocal: unary('Reciprocal', { since: 13, tolerance: 1e-6 }),
  Relu: formula(emitRelu, { dtypes: numeric, since: 14, tolerance: 0 }),
  Relu6: formula(emitRelu6, { dtypes: numeric, since: 13, tolerance: 0 }),
  Round: formula((graph, x) => (x.dtype === 'int32' ? x : graph.node('Round', [x])), {
    dtypes: numeric,
    since: 11,
    tolerance: 0,
    note: 'halves go to the even number',
  }),
  Rsqrt: formula((graph, x) => graph.node('Reciprocal', [graph.node('Sqrt', [x])]), { since: 13, tolerance: 1e-6 }),
  Selu: unary('Selu', { since: 6, tolerance: 1e-6 }),
  Sigmoid: unary('Sigmoid', { since: 13, tolerance: 1e-6 }),
  Sign: formula(emitSign, { dtypes: numeric, since: 16, tolerance: 0, note: 'of NaN is 0' }),
  Sin: unary('Sin', { since: 7, tolerance: 1e-6 }),
  Sinh: unary('Sinh', { since: 9, tolerance: 1e-5 }),
  Softplus: unary('Softplus', { since: 1, tolerance: 1e-6 }),
  Sqrt: unary('Sqrt', { since: 13, tolerance: 0 }),
  Square: formula((graph, x) => graph.node('Mul', [x, x]), { dtypes: numeric, since: 14, tolerance: 0 }),
  Step: formula(emitStep, {
    dtypes: numeric,
    since: 16,
    tolerance: 0,
    note: 'inside a gradient, as of relu and abs, that of NaN is 0 or alpha, where tfjs gives NaN: the loss is NaN then',
  }),
  Tan: unary('Tan', { since: 7, tolerance: 1e-4 }),
  Tanh: unary('Tanh', { since: 13, tolerance: 1e-6 }),
} as const satisfies Rules
