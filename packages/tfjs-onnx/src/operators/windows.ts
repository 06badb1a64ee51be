import type { OperatorCall } from './OperatorCall.js'

/** How a window moves over the spatial axes of a tensor [batch, channels, ...spatial]: one entry an axis, in elements. */
export interface Windows {
  readonly kernel: readonly number[]
  readonly strides: readonly number[]
  readonly dilations: readonly number[]
  readonly padsBegin: readonly number[]
  readonly padsEnd: readonly number[]
}

export const windowAttributes = { strides: 'ints', pads: 'ints', dilations: 'ints' } as const

/** Reads the attributes that all operators with windows share. */
export function readWindows(call: OperatorCall, kernel: readonly number[]): Windows {
  const rank = kernel.length
  const pads = call.sizes('pads', 2 * rank, { least: 0, fallback: 0 })
  if (kernel.some((size) => size < 1)) call.fail('windows of at least one element', `[${kernel.join(',')}]`)
  return {
    kernel,
    strides: call.sizes('strides', rank, { least: 1, fallback: 1 }),
    dilations: call.sizes('dilations', rank, { least: 1, fallback: 1 }),
    padsBegin: pads.slice(0, rank),
    padsEnd: pads.slice(rank),
  }
}

/** The elements from a window's first to its last, the gaps of its dilation included. */
export function extent({ kernel, dilations }: Windows, axis: number): number {
  return ((kernel[axis] ?? 1) - 1) * (dilations[axis] ?? 1) + 1
}

/** Counts the windows on each axis: floor((size + pads - extent) / stride) + 1. */
export function countWindows(call: OperatorCall, sizes: readonly number[], windows: Windows): number[] {
  return sizes.map((size, axis) => {
    const room = size + (windows.padsBegin[axis] ?? 0) + (windows.padsEnd[axis] ?? 0) - extent(windows, axis)
    if (room < 0) call.fail(`room for a window of ${extent(windows, axis)} on axis ${axis + 2}`, `${room + extent(windows, axis)}`)
    return Math.floor(room / (windows.strides[axis] ?? 1)) + 1
  })
}

/** Splits [batch, channels, ...spatial]; ONNX Runtime's CPU kernels take one to three spatial axes. */
export function readImage(call: OperatorCall): { batch: number; channels: number; sizes: readonly number[] } {
  const { shape } = call.expectDType(0, ['float32'])
  const [batch, channels, ...sizes] = shape
  if (batch === undefined || channels === undefined || sizes.length < 1 || sizes.length > 3) {
    return call.fail('input 0 to be [batch, channels, ...spatial] with 1 to 3 spatial axes', `[${shape.join(',')}]`)
  }
  return { batch, channels, sizes }
}
