import type { DType, Shape, Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
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

/** An extreme over NaN is NaN, as in tfjs; that of ONNX Runtime depends on the order of the elements. */
function extreme(op: 'ReduceMax' | 'ReduceMin', attribute: string): Rule {
  const emit = (call: KernelCall): Value => {
    const { graph } = call
    const x = call.input('x')
    const extreme = emitReduction(call, x, { op, as: asIs, attribute })
    if (x.dtype !== 'float32' || extreme === x) return extreme
    const missing = emitCast(graph, graph.node('IsNaN', [x]), 'int32')
    const isMissing = emitCast(graph, emitReduction(call, missing, { op: 'ReduceMax', as: asIs, attribute }), 'bool')
    return graph.node('Where', [isMissing, graph.scalar('float32', Number.NaN), extreme])
  }
  return { emit, dtypes: ['float32', 'int32'], since: 18, tolerance: 0 }
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

/** Where the extreme is, leaving out NaN. Where the first element is NaN, its index: no other compares with it in tfjs. */
function argument(op: 'ArgMax' | 'ArgMin', least: number): Rule {
  const emit = (call: KernelCall): Value => {
    const { graph } = call
    const given = call.input('x')
    const axis = call.axis('axis', given.shape.length)
    const x = given.dtype === 'bool' ? emitCast(graph, given, 'int32') : given
    const compared = x.dtype === 'float32' ? graph.node('Where', [graph.node('IsNaN', [x]), inPlaceOfNaN(graph, x.shape, axis), x]) : x
    return emitCast(graph, graph.node(op, [compared], { axis, keepdims: 0 }), 'int32')
  }
  /** [1, …, size, …, 1]: the greatest of all at the first place, the least at the others. */
  const inPlaceOfNaN = (graph: GraphBuilder, shape: Shape, axis: number) => {
    const data = new Float32Array(shape[axis] ?? 0).fill(least)
    data[0] = -least
    return graph.constant({ dtype: 'float32', shape: shape.map((size, each) => (each === axis ? size : 1)) }, data)
  }
  return { emit, dtypes: ['float32', 'int32', 'bool'], since: 16, tolerance: 0, note: 'the first of equals; NaN is left out' }
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
  ArgMax: argument('ArgMax', Number.NEGATIVE_INFINITY),
  ArgMin: argument('ArgMin', Number.POSITIVE_INFINITY),
  Cumprod: { emit: emitCumprod, dtypes: ['float32', 'int32'], since: 18, tolerance: 1e-5 },
  Cumsum: { emit: emitCumsum, dtypes: ['float32', 'int32'], since: 14, tolerance: 1e-5 },
  Max: extreme('ReduceMax', 'reductionIndices'),
  Mean: reduction({ op: 'ReduceMean', as: asFloat }, { dtypes: ['float32', 'int32', 'bool'], since: 18, tolerance: 1e-5 }),
  Min: extreme('ReduceMin', 'axis'),
  Prod: reduction({ op: 'ReduceProd', as: boolAsInt }, { dtypes: ['float32', 'int32', 'bool'], since: 18, tolerance: 1e-5 }),
  Sum: reduction({ op: 'ReduceSum', as: boolAsInt }, { dtypes: ['float32', 'int32', 'bool'], since: 13, tolerance: 1e-5 }),
} as const satisfies Rules
