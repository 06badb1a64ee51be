import { type DType, type Shape, sizeOf, toTensorData, type Value } from '../graph.js'
import { emitCast, emitReshape } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'

const any: readonly DType[] = ['float32', 'int32', 'bool']
const numeric: readonly DType[] = ['float32', 'int32']

function readIndices(call: KernelCall, name = 'indices'): Value {
  const indices = call.input(name)
  return indices.dtype === 'int32' ? indices : call.fail('UNSUPPORTED_DTYPE', { expected: `${name} of type int32`, got: indices.dtype })
}

/** Above the size of any axis, so that running the graph fails. */
const outOfRange = 2 ** 31 - 1

/**
 * Indices of TensorFlow.js count from the front only, those of ONNX from the end too: negative ones become ones that are out of range.
 * Constant ones are looked at here.
 */
function emitCounted(call: KernelCall, indices: Value, sizes: Shape): Value {
  const { graph } = call
  const data = graph.constantOf(indices)?.data
  if (!data)
    return graph.node('Where', [graph.node('Less', [indices, graph.scalar('int32', 0)]), graph.scalar('int32', outOfRange), indices])
  data.forEach((index: number | bigint, place: number) => {
    const size = sizes[place % sizes.length] ?? 0
    if (index < 0 || index >= size) {
      call.fail('UNSUPPORTED_SHAPE', {
        expected: `indices from 0 to ${size - 1}`,
        got: `${index}`,
        advice: 'TensorFlow.js counts none from the end.',
      })
    }
  })
  return indices
}

function emitGather(call: KernelCall): Value {
  const { graph } = call
  const x = call.input('x')
  const axis = call.axis('axis', x.shape.length)
  const indices = emitCounted(call, readIndices(call), [x.shape[axis] ?? 0])
  const batchDims = call.number('batchDims', 0)
  if (batchDims === 0) return graph.node('Gather', [x, indices], { axis })
  // [batch, outer, gathered, slice] by [batch, outer, places]: GatherND takes the same indices for every outer element.
  const [batch, outer] = [sizeOf(x.shape.slice(0, batchDims)), sizeOf(x.shape.slice(batchDims, axis))]
  const [size = 0, ...slice] = x.shape.slice(axis)
  const places = sizeOf(indices.shape.slice(batchDims))
  const spread = graph.node('Expand', [
    emitReshape(graph, emitCast(graph, indices, 'int64'), [batch, 1, places, 1]),
    graph.integers([batch, outer, places, 1]),
  ])
  const gathered = graph.node('GatherND', [emitReshape(graph, x, [batch, outer, size, sizeOf(slice)]), spread], { batch_dims: 2 })
  return emitReshape(graph, gathered, [...x.shape.slice(0, axis), ...indices.shape.slice(batchDims), ...slice])
}

function emitGatherNd(call: KernelCall): Value {
  const [params, indices] = [call.input('params'), readIndices(call)]
  const counted = emitCounted(call, indices, params.shape.slice(0, indices.shape.at(-1) ?? 1))
  return call.graph.node('GatherND', [params, emitCast(call.graph, counted, 'int64')])
}

/**
 * Writes slices into a tensor seen as [places, slice]. ScatterElements writes one after the other, so that sums do not
 * depend on threads, as those of ScatterND do.
 */
function emitScatter(call: KernelCall, into: Value, reduction: 'none' | 'add'): Value {
  const { graph } = call
  const [indices, updates] = [readIndices(call), call.input('updates')]
  // A list of numbers is a list of indices of one number.
  const depth = indices.shape.length > 1 ? (indices.shape.at(-1) ?? 1) : 1
  const places = into.shape.slice(0, depth)
  const [count, slice] = [sizeOf(indices.shape) / depth, sizeOf(into.shape.slice(depth))]
  if (sizeOf(updates.shape) !== count * slice) {
    call.fail('UNSUPPORTED_SHAPE', { expected: `updates of ${count * slice} elements`, got: `[${updates.shape.join(',')}]` })
  }
  const strides = places.map((_, axis) => sizeOf(places.slice(axis + 1)))
  const steps = graph.constant({ dtype: 'int32', shape: [depth] }, toTensorData('int32', strides))
  const flat = graph.node('ReduceSum', [graph.node('Mul', [emitReshape(graph, indices, [count, depth]), steps]), graph.integers([1])], {
    keepdims: 1,
  })
  const targets = graph.node('Expand', [emitCounted(call, flat, [sizeOf(places)]), graph.integers([count, slice])])
  const rows = emitReshape(graph, into, [sizeOf(places), slice])
  const scattered = graph.node('ScatterElements', [rows, targets, emitReshape(graph, updates, [count, slice])], { axis: 0, reduction })
  return emitReshape(graph, scattered, into.shape)
}

function emitScatterNd(call: KernelCall): Value {
  const { dtype } = call.input('updates')
  const shape: Shape = call.numbers('shape')
  const zeros = call.graph.node('Expand', [call.graph.scalar(dtype, 0), call.graph.integers(shape)])
  return emitScatter(call, zeros, 'add')
}

/** A product with a matrix that has a 1 where a row belongs to a segment: rows of no segment are left out. */
function emitSegmentSum(call: KernelCall): Value {
  const { graph } = call
  const [x, ids, count] = [call.input('x'), readIndices(call, 'segmentIds'), call.number('numSegments')]
  if (x.dtype !== 'float32')
    call.fail('UNSUPPORTED_DTYPE', { expected: 'x to be float32', got: x.dtype, advice: 'Convert it with tf.cast.' })
  if (ids.shape.length !== 1) call.fail('UNSUPPORTED_SHAPE', { expected: 'segmentIds of one axis', got: `[${ids.shape.join(',')}]` })
  const segments = graph.constant(
    { dtype: 'int32', shape: [count, 1] },
    Int32Array.from({ length: count }, (_, index) => index),
  )
  const membership = emitCast(graph, graph.node('Equal', [segments, emitReshape(graph, ids, [1, ids.shape[0] ?? 0])]), 'float32')
  const slice = x.shape.slice(1)
  const sums = graph.node('Gemm', [membership, emitReshape(graph, x, [x.shape[0] ?? 0, sizeOf(slice)])])
  return emitReshape(graph, sums, [count, ...slice])
}

function emitTopK(call: KernelCall): readonly Value[] {
  const [values, indices] = call.graph.nodes('TopK', [call.input('x'), call.graph.integers([call.number('k')])], { axis: -1 })
  return values && indices ? [values, emitCast(call.graph, indices, 'int32')] : []
}

const range = 'indices out of range fail when the graph runs, constant ones while it is traced'

/** Reading and writing where indices say. */
export const indexingRules = {
  GatherNd: { emit: emitGatherNd, dtypes: any, since: 16, tolerance: 0, note: range },
  GatherV2: { emit: emitGather, dtypes: any, since: 16, tolerance: 0, note: `${range}; tfjs has gradients for batchDims 0 and 1` },
  ScatterNd: { emit: emitScatterNd, dtypes: numeric, since: 18, tolerance: 1e-6, note: range },
  TensorScatterUpdate: {
    emit: (call) => emitScatter(call, call.input('tensor'), 'none'),
    dtypes: numeric,
    since: 18,
    tolerance: 0,
    note: range,
  },
  TopK: { emit: emitTopK, dtypes: numeric, since: 13, tolerance: 0, note: 'the lower index first of equals, NaN first of all' },
  UnsortedSegmentSum: { emit: emitSegmentSum, dtypes: numeric, since: 14, tolerance: 1e-5, note: 'of float32; the gradient of tf.gather' },
} as const satisfies Rules
