import { type DType, type Shape, sizeOf, type TensorData, type TensorType } from '../tensor.js'
import type { Operators } from './Operator.js'
import type { OperatorCall } from './OperatorCall.js'

const any: readonly DType[] = ['float32', 'int32', 'bool', 'int64']

function inferReshape(call: OperatorCall): TensorType[] {
  const x = call.expect(2, any)
  const shape = call.integers(1)
  if (sizeOf(shape) !== sizeOf(x.shape)) call.fail(`a shape of ${sizeOf(x.shape)} elements`, `[${shape.join(',')}]`)
  return [{ dtype: x.dtype, shape }]
}

function inferTranspose(call: OperatorCall): TensorType[] {
  const x = call.expect(1, any)
  const perm = call.numbers('perm')
  const sorted = [...perm].sort((a, b) => a - b)
  if (perm.length !== x.shape.length || sorted.some((axis, index) => axis !== index)) {
    call.fail(`a permutation of ${x.shape.length} axes`, `[${perm.join(',')}]`)
  }
  return [{ dtype: x.dtype, shape: perm.map((axis) => x.shape[axis] ?? 0) }]
}

function inferExpand(call: OperatorCall): TensorType[] {
  const x = call.expect(2, any)
  return [{ dtype: x.dtype, shape: call.broadcast(x.shape, call.integers(1)) }]
}

function inferTile(call: OperatorCall): TensorType[] {
  const x = call.expect(2, any)
  const repeats = call.integers(1)
  if (repeats.length !== x.shape.length) call.fail(`${x.shape.length} repeats`, `${repeats.length}`)
  return [{ dtype: x.dtype, shape: x.shape.map((size, axis) => size * (repeats[axis] ?? 0)) }]
}

function inferConcat(call: OperatorCall): TensorType[] {
  const first = call.expectDType(0, any)
  const axis = call.axis(call.number('axis', 0), first.shape.length)
  let total = 0
  call.inputs.forEach((_, index) => {
    const { shape } = call.expectDType(index, [first.dtype])
    const fits = shape.length === first.shape.length && shape.every((size, each) => each === axis || size === first.shape[each])
    if (!fits) call.fail(`input ${index} to match input 0 except on axis ${axis}`, `[${shape.join(',')}]`)
    total += shape[axis] ?? 0
  })
  return [{ dtype: first.dtype, shape: first.shape.map((size, each) => (each === axis ? total : size)) }]
}

/** Inputs: x, starts, ends, axes, steps. Ends are exclusive; negative ones count from the end, as in ONNX. */
function inferSlice(call: OperatorCall): TensorType[] {
  const x = call.expect(5, any)
  const [starts, ends, axes, steps] = [call.integers(1), call.integers(2), call.integers(3), call.integers(4)]
  const shape = [...x.shape]
  axes.forEach((each, index) => {
    const axis = call.axis(each, shape.length)
    const size = shape[axis] ?? 0
    const step = steps[index] ?? 1
    if (step === 0) call.fail('steps that are not 0', '0')
    const clamp = (position: number, low: number, high: number) => Math.min(Math.max(position < 0 ? position + size : position, low), high)
    const start = clamp(starts[index] ?? 0, 0, step > 0 ? size : size - 1)
    const end = clamp(ends[index] ?? 0, step > 0 ? 0 : -1, size)
    shape[axis] = Math.max(0, Math.ceil((end - start) / step))
  })
  return [{ dtype: x.dtype, shape }]
}

/** Inputs: x, pads (all begins, then all ends), the scalar to pad with. */
function inferPad(call: OperatorCall): TensorType[] {
  const x = call.expect(3, ['float32', 'int32', 'bool'])
  const pads = call.integers(1)
  const rank = x.shape.length
  if (pads.length !== 2 * rank) call.fail(`${2 * rank} pads`, `${pads.length}`)
  if (call.expectDType(2, [x.dtype]).shape.length > 0) call.fail('a scalar to pad with', 'a tensor')
  return [{ dtype: x.dtype, shape: x.shape.map((size, axis) => size + (pads[axis] ?? 0) + (pads[axis + rank] ?? 0)) }]
}

function inferGather(call: OperatorCall): TensorType[] {
  const x = call.expect(2, any)
  const indices = call.expectDType(1, ['int32', 'int64'])
  const axis = call.axis(call.number('axis', 0), x.shape.length)
  return [{ dtype: x.dtype, shape: [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)] }]
}

function inferSplit(call: OperatorCall): TensorType[] {
  const x = call.expect(2, any)
  const axis = call.axis(call.number('axis', 0), x.shape.length)
  const sizes = call.integers(1)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total !== x.shape[axis]) call.fail(`sizes that add up to ${x.shape[axis]}`, `${sizes.join('+')}`)
  return sizes.map((size) => ({ dtype: x.dtype, shape: x.shape.map((each, index) => (index === axis ? size : each)) }))
}

function strides(shape: Shape): number[] {
  return shape.map((_, axis) => sizeOf(shape.slice(axis + 1)))
}

/** Reads the data in the order that `sourceStrides` give: one source step for each axis of the output. */
function gatherByStrides(data: TensorData, output: Shape, sourceStrides: readonly number[]): TensorData {
  const result = data.slice(0, 0).constructor as { new (length: number): TensorData }
  const out = new result(sizeOf(output))
  const outputStrides = strides(output)
  for (let position = 0; position < out.length; position++) {
    let source = 0
    let rest = position
    for (let axis = 0; axis < output.length; axis++) {
      const step = outputStrides[axis] ?? 1
      const index = Math.floor(rest / step)
      rest -= index * step
      source += index * (sourceStrides[axis] ?? 0)
    }
    const element = data[source]
    if (element !== undefined) out[position] = element
  }
  return out
}

function foldTranspose(call: OperatorCall, data: TensorData, output: TensorType): TensorData {
  const source = strides(call.input(0).shape)
  return gatherByStrides(
    data,
    output.shape,
    call.numbers('perm').map((axis) => source[axis] ?? 0),
  )
}

function foldExpand(call: OperatorCall, data: TensorData, output: TensorType): TensorData {
  const { shape } = call.input(0)
  const missing = output.shape.length - shape.length
  const source = strides(shape)
  return gatherByStrides(
    data,
    output.shape,
    output.shape.map((_, axis) => (shape[axis - missing] === 1 ? 0 : (source[axis - missing] ?? 0))),
  )
}

/** Operators that move elements and compute none. */
export const layoutOperators = {
  Concat: { since: 13, attributes: { axis: 'int' }, infer: inferConcat },
  Expand: { since: 13, attributes: {}, infer: inferExpand, foldLayout: foldExpand },
  Gather: { since: 13, attributes: { axis: 'int' }, infer: inferGather },
  Pad: { since: 18, attributes: {}, infer: inferPad },
  Reshape: { since: 14, attributes: { allowzero: 'int' }, infer: inferReshape, foldLayout: (_, data) => data },
  Slice: { since: 13, attributes: {}, infer: inferSlice },
  Split: { since: 13, attributes: { axis: 'int' }, infer: inferSplit },
  Tile: { since: 13, attributes: {}, infer: inferTile },
  Transpose: { since: 13, attributes: { perm: 'ints' }, infer: inferTranspose, foldLayout: foldTranspose },
} as const satisfies Operators
