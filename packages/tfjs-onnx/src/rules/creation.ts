import { type DType, filledTensorData, sizeOf, toTensorData, type Value } from '../graph.js'
import { emitCast, emitReshape } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rule, Rules } from './Rule.js'

const any: readonly DType[] = ['float32', 'int32', 'bool']

function filled(call: KernelCall, { dtype, shape }: Pick<Value, 'dtype' | 'shape'>, value: number): Value {
  if (dtype === 'int64') return call.fail('UNSUPPORTED_DTYPE', { expected: 'float32, int32 or bool', got: dtype })
  return call.graph.constant({ dtype, shape }, filledTensorData(dtype, sizeOf(shape), value))
}

function like(value: number): Rule {
  return { emit: (call) => filled(call, call.input('x'), value), dtypes: any, since: 1, tolerance: 0, note: 'a constant' }
}

function emitFill(call: KernelCall): Value {
  return filled(call, { dtype: call.dtype('dtype', 'float32'), shape: call.numbers('shape') }, call.number('value'))
}

function sequence(call: KernelCall, dtype: DType, values: readonly number[]): Value {
  return call.graph.constant({ dtype, shape: [values.length] }, toTensorData(dtype, values))
}

function emitLinSpace(call: KernelCall): Value {
  const [start, stop, count] = [call.number('start'), call.number('stop'), call.number('num')]
  const step = count > 1 ? (stop - start) / (count - 1) : 0
  return sequence(
    call,
    'float32',
    Array.from({ length: count }, (_, index) => start + step * index),
  )
}

/** From `start` up to `stop`, which is left out. A step of 1, which is that of a call without one, goes down where `stop` is below. */
function emitRange(call: KernelCall): Value {
  const [start, stop, given] = [call.number('start'), call.number('stop'), call.number('step', 1)]
  const step = given === 1 && stop < start ? -1 : given
  const length = Math.max(0, Math.ceil((stop - start) / step))
  return sequence(
    call,
    call.dtype('dtype', 'float32'),
    Array.from({ length }, (_, index) => start + step * index),
  )
}

/** Indices out of range give a row of `offValue`. */
function emitOneHot(call: KernelCall): Value {
  const { graph } = call
  const indices = call.input('indices')
  const dtype = call.dtype('dtype', 'int32')
  const classes = graph.constant(
    { dtype: 'int32', shape: [call.number('depth')] },
    Int32Array.from({ length: call.number('depth') }, (_, index) => index),
  )
  const isHot = graph.node('Equal', [emitReshape(graph, indices, [...indices.shape, 1]), classes])
  const [on, off] = [call.number('onValue', 1), call.number('offValue', 0)]
  if (dtype === 'bool' || (on === 1 && off === 0)) return emitCast(graph, isHot, dtype)
  return graph.node('Where', [isHot, graph.scalar(dtype, on), graph.scalar(dtype, off)])
}

/** Keeps the elements of x where both indices are the same, zeros elsewhere: [...x.shape, ...x.shape]. */
function emitDiag(call: KernelCall): Value {
  const { graph } = call
  const x = call.input('x')
  const size = sizeOf(x.shape)
  const isDiagonal = toTensorData(
    'bool',
    Array.from({ length: size * size }, (_, index) => index % (size + 1) === 0),
  )
  const mask = graph.constant({ dtype: 'bool', shape: [size, size] }, isDiagonal)
  const row = emitReshape(graph, x, [1, size])
  const diagonal = x.dtype === 'bool' ? graph.node('And', [mask, row]) : graph.node('Where', [mask, row, graph.scalar(x.dtype, 0)])
  return emitReshape(graph, diagonal, [...x.shape, ...x.shape])
}

const growing = 'a constant, exact where tfjs adds up rounding errors'

/** Tensors made from nothing, or from indices; all but Diag and OneHot are constants of the graph. */
export const creationRules = {
  Diag: { emit: emitDiag, dtypes: any, since: 16, tolerance: 0 },
  Fill: { emit: emitFill, since: 1, tolerance: 0, note: 'a constant' },
  LinSpace: { emit: emitLinSpace, since: 1, tolerance: 1e-6, note: growing },
  OneHot: { emit: emitOneHot, dtypes: ['int32'], since: 16, tolerance: 0 },
  OnesLike: like(1),
  Range: { emit: emitRange, since: 1, tolerance: 1e-6, note: growing },
  ZerosLike: like(0),
} as const satisfies Rules
