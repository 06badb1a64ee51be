import type { DType, Value } from '../graph.js'
import type { OperatorName } from '../operators/index.js'
import { emitCast, emitPad, emitSlice } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rule, Rules } from './Rule.js'

interface Reduction {
  readonly op: OperatorName
  /** What tfjs converts the input to before it reduces. */
  readonly as: (dtype: DType) => DType
  /** The name of tfjs's attribute with the axes. @default 'axis' */
  readonly attribute?: string
}

function emitReduction(call: KernelCall, x: Value, { op, as, attribute = 'axis' }: Reduction): Value {
  const { graph } = call
  const axes = call.axes(attribute, x)
  const converted = emitCast(graph, x, as(x.dtype))
  if (axes.length === 0) return converted
  return graph.node(op, [converted, graph.integers(axes)], { keepdims: call.flag('keepDims') ? 1 : 0 })
}

function reduction(reduce: Reduction, row: Omit<Rule, 'emit'>): Rule {
  return { ...row, emit: (call) => emitReduction(call, call.input('x'), reduce) }
}

/** All is the least of 0 and 1, any is the greatest. */
function logical(op: 'ReduceMin' | 'ReduceMax'): Rule {
  return {
    emit: (call) => emitCast(call.graph, emitReduction(call, call.input('x'), { op, as: () => 'int32' }), 'bool'),
    dtypes: ['bool'],
    since: 18,
    tolerance: 0,
  }
}

function argument(op: 'ArgMax' | 'ArgMin'): Rule {
  return {
    emit: (call) => emitCast(call.graph, call.graph.node(op, [call.input('x')], { axis: call.number('axis'), keepdims: 0 }), 'int32'),
    dtypes: ['float32', 'int32'],
    since: 13,
    tolerance: 0,
    note: 'the first of equals',
  }
}

function emitCumsum(call: KernelCall): Value {
  const axis = call.graph.integers([call.number('axis', 0)])
  const attributes = { exclusive: call.flag('exclusive') ? 1 : 0, reverse: call.flag('reverse') ? 1 : 0 }
  return call.graph.node('CumSum', [call.input('x'), axis], attributes)
}

/**
 * Multiplies each element by the one 1, 2, 4, … places before it, so that after log2(size) rounds it holds the product of all before.
 * Missing elements are ones.
 */
function emitCumprod(call: KernelCall): Value {
  const { graph } = call
  const x = call.input('x')
  const axis = (call.number('axis', 0) + x.shape.length) % x.shape.length
  const size = x.shape[axis] ?? 0
  const isReverse = call.flag('reverse')
  const shifted = (value: Value, count: number) => {
    const begin = x.shape.map((_, each) => (each === axis && isReverse ? count : 0))
    const kept = emitSlice(graph, value, { begin, size: x.shape.with(axis, size - count) })
    const pad: [number, number] = isReverse ? [0, count] : [count, 0]
    return emitPad(graph, kept, { pads: x.shape.map((_, each) => (each === axis ? pad : [0, 0])), filler: 1 })
  }
  let product = call.flag('exclusive') ? shifted(x, 1) : x
  for (let step = 1; step < size; step *= 2) product = graph.node('Mul', [product, shifted(product, step)])
  return product
}

const asIs = (dtype: DType): DType => dtype
const boolAsInt = (dtype: DType): DType => (dtype === 'bool' ? 'int32' : dtype)
const asFloat = (): DType => 'float32'

/** Sums, means and extremes over axes. */
export const reductionRules = {
  All: logical('ReduceMin'),
  Any: logical('ReduceMax'),
  ArgMax: argument('ArgMax'),
  ArgMin: argument('ArgMin'),
  Cumprod: { emit: emitCumprod, dtypes: ['float32', 'int32'], since: 18, tolerance: 1e-5 },
  Cumsum: { emit: emitCumsum, dtypes: ['float32', 'int32'], since: 14, tolerance: 1e-5 },
  Max: reduction({ op: 'ReduceMax', as: asIs, attribute: 'reductionIndices' }, { dtypes: ['float32', 'int32'], since: 18, tolerance: 0 }),
  Mean: reduction({ op: 'ReduceMean', as: asFloat }, { dtypes: ['float32', 'int32', 'bool'], since: 18, tolerance: 1e-5 }),
  Min: reduction({ op: 'ReduceMin', as: asIs }, { dtypes: ['float32', 'int32'], since: 18, tolerance: 0 }),
  Prod: reduction({ op: 'ReduceProd', as: boolAsInt }, { dtypes: ['float32', 'int32', 'bool'], since: 18, tolerance: 1e-5 }),
  Sum: reduction({ op: 'ReduceSum', as: boolAsInt }, { dtypes: ['float32', 'int32', 'bool'], since: 13, tolerance: 1e-5 }),
} as const satisfies Rules
