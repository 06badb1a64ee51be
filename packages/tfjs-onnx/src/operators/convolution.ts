import type { Shape, TensorType } from '../tensor.js'
import type { Operators } from './Operator.js'
import type { OperatorCall } from './OperatorCall.js'
import { countWindows, extent, readImage, readWindows, windowAttributes } from './windows.js'

const attributes = { ...windowAttributes, group: 'int' } as const

function readGroup(call: OperatorCall, ...divided: readonly number[]): number {
  const group = call.number('group', 1)
  if (group < 1 || divided.some((channels) => channels % group !== 0)) {
    call.fail(`a group that divides ${divided.join(' and ')}`, `${group}`)
  }
  return group
}

function readFilter(call: OperatorCall, spatialRank: number): Shape {
  const { shape } = call.expectDType(1, ['float32'])
  if (shape.length !== spatialRank + 2) call.fail(`a filter of ${spatialRank + 2} axes`, `[${shape.join(',')}]`)
  return shape
}

function expectBias(call: OperatorCall, channels: number): void {
  if (call.inputs.length < 2 || call.inputs.length > 3) call.fail('2 or 3 inputs', `${call.inputs.length}`)
  if (call.inputs.length === 2) return
  const { shape } = call.expectDType(2, ['float32'])
  if (shape.length !== 1 || shape[0] !== channels) call.fail(`a bias of [${channels}]`, `[${shape.join(',')}]`)
}

/** X [batch, in, ...spatial], filter [out, in / group, ...kernel], bias [out]. */
function inferConv(call: OperatorCall): TensorType[] {
  const { batch, channels, sizes } = readImage(call)
  const [filters = 0, depth = 0, ...kernel] = readFilter(call, sizes.length)
  const group = readGroup(call, channels, filters)
  if (depth * group !== channels) call.fail(`a filter for ${channels / group} channels`, `one for ${depth}`)
  expectBias(call, filters)
  return [{ dtype: 'float32', shape: [batch, filters, ...countWindows(call, sizes, readWindows(call, kernel))] }]
}

/** X [batch, in, ...spatial], filter [in, out / group, ...kernel], bias [out]: the transpose of the linear map that Conv is. */
function inferConvTranspose(call: OperatorCall): TensorType[] {
  const { batch, channels, sizes } = readImage(call)
  const [depth = 0, filters = 0, ...kernel] = readFilter(call, sizes.length)
  const group = readGroup(call, channels)
  if (depth !== channels) call.fail(`a filter for ${channels} channels`, `one for ${depth}`)
  expectBias(call, filters * group)
  const windows = readWindows(call, kernel)
  const outputPadding = call.sizes('output_padding', sizes.length, { least: 0, fallback: 0 })
  const shape = sizes.map((size, axis) => {
    const [stride = 1, dilation = 1, extra = 0] = [windows.strides[axis], windows.dilations[axis], outputPadding[axis]]
    if (extra >= Math.max(stride, dilation)) call.fail('output_padding below stride or dilation', `${extra}`)
    const cut = (windows.padsBegin[axis] ?? 0) + (windows.padsEnd[axis] ?? 0)
    const output = (size - 1) * stride + extent(windows, axis) - cut + extra
    return output > 0 ? output : call.fail('pads that leave an output', `size ${output} on axis ${axis + 2}`)
  })
  return [{ dtype: 'float32', shape: [batch, filters * group, ...shape] }]
}

/** Sliding products, channels first. */
export const convolutionOperators = {
  Conv: { since: 11, attributes, infer: inferConv },
  ConvTranspose: { since: 11, attributes: { ...attributes, output_padding: 'ints' }, infer: inferConvTranspose },
} as const satisfies Operators
