import { type DType, sizeOf, toTensorData, type Value } from '../graph.js'
import { emitCast, emitReshape } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'

const any: readonly DType[] = ['float32', 'int32', 'bool']

/** One size may be -1: what is left. */
function emitReshapeTo(call: KernelCall): Value {
  const x = call.input('x')
  const shape = call.numbers('shape')
  const known = sizeOf(shape.filter((size) => size !== -1))
  return emitReshape(
    call.graph,
    x,
    shape.map((size) => (size === -1 ? sizeOf(x.shape) / known : size)),
  )
}

function emitExpandDims(call: KernelCall): Value {
  const x = call.input('input')
  const dim = call.number('dim')
  const axis = dim < 0 ? dim + x.shape.length + 1 : dim
  return emitReshape(call.graph, x, [...x.shape.slice(0, axis), 1, ...x.shape.slice(axis)])
}

function emitPad(call: KernelCall): Value {
  const x = call.input('x')
  const paddings = call.pairs('paddings')
  if (paddings.every(([before, after]) => before === 0 && after === 0)) return x
  const pads = [...paddings.map(([before]) => before), ...paddings.map(([, after]) => after)]
  const filler = call.graph.constant({ dtype: x.dtype, shape: [] }, toTensorData(x.dtype, [call.number('constantValue', 0)]))
  return call.graph.node('Pad', [x, call.graph.integers(pads), filler])
}

/** Changes of type and shape. */
export const transformationRules = {
  Cast: {
    emit: (call) => emitCast(call.graph, call.input('x'), call.dtype('dtype', 'float32')),
    dtypes: any,
    since: 13,
    tolerance: 0,
    note: 'float32 to int32 truncates; NaN and numbers beyond int32 give -2147483648',
  },
  ExpandDims: { emit: emitExpandDims, dtypes: any, since: 14, tolerance: 0 },
  PadV2: { emit: emitPad, dtypes: any, since: 18, tolerance: 0 },
  Reshape: { emit: emitReshapeTo, dtypes: any, since: 14, tolerance: 0 },
} as const satisfies Rules
