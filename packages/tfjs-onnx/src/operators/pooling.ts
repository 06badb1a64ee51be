import type { TensorType } from '../tensor.js'
import type { Operators } from './Operator.js'
import type { OperatorCall } from './OperatorCall.js'
import { countWindows, readImage, readWindows, type Windows } from './windows.js'

function readPool(call: OperatorCall): { readonly windows: Windows; readonly type: TensorType } {
  if (call.inputs.length !== 1) call.fail('1 input', `${call.inputs.length}`)
  const { batch, channels, sizes } = readImage(call)
  const windows = readWindows(call, call.sizes('kernel_shape', sizes.length, { least: 1 }))
  const { kernel, padsBegin, padsEnd } = windows
  kernel.forEach((size, axis) => {
    const pad = Math.max(padsBegin[axis] ?? 0, padsEnd[axis] ?? 0)
    if (pad >= size) call.fail(`pads below the window's size ${size}`, `${pad}`)
  })
  return { windows, type: { dtype: 'float32', shape: [batch, channels, ...countWindows(call, sizes, windows)] } }
}

function inferAveragePool(call: OperatorCall): TensorType[] {
  call.flag('count_include_pad', false)
  const { windows, type } = readPool(call)
  if (windows.dilations.some((dilation) => dilation !== 1)) call.fail('no dilation', `[${windows.dilations.join(',')}]`)
  return [type]
}

const attributes = { kernel_shape: 'ints', strides: 'ints', pads: 'ints' } as const

/** Reductions of sliding windows, channels first. What lies in the padding never counts in a maximum. */
export const poolingOperators = {
  AveragePool: { since: 11, attributes: { ...attributes, count_include_pad: 'int' }, infer: inferAveragePool },
  MaxPool: { since: 12, attributes: { ...attributes, dilations: 'ints' }, infer: (call) => [readPool(call).type] },
} as const satisfies Operators
