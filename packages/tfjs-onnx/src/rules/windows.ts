import { backend_util } from '@tensorflow/tfjs-core'
import type { Attributes, Shape } from '../graph.js'
import type { KernelCall } from './KernelCall.js'

type Info = backend_util.Conv2DInfo

const roundingModes = ['floor', 'round', 'ceil'] as const

/** How the windows of a kernel lie on an image, for one spatial axis. */
interface WindowAxis {
  readonly size: number
  readonly output: number
  readonly kernel: number
  readonly stride: number
  readonly dilation: number
  readonly before: number
}

interface ConvolvedShapes {
  readonly x: Shape
  readonly filter: Shape
  readonly isDepthwise?: boolean
}

/** Resolves strides, dilations and padding of a convolution as tfjs does. */
export function readConvolution(call: KernelCall, { x, filter, isDepthwise = false }: ConvolvedShapes): Info {
  return assertEqualSides(
    call,
    backend_util.computeConv2DInfo(
      asFour(call, x),
      asFour(call, filter),
      call.twoNumbers('strides'),
      call.twoNumbers('dilations', 1),
      call.padding(),
      call.choice('dimRoundingMode', roundingModes),
      isDepthwise,
      call.choice('dataFormat', ['NHWC', 'NCHW']) === 'NCHW' ? 'channelsFirst' : 'channelsLast',
    ),
  )
}

/** Where the padding is one number, tfjs counts windows along the width with the height's stride and filter. */
function assertEqualSides(call: KernelCall, info: Info): Info {
  if (call.isNumber('pad') && (info.strideHeight !== info.strideWidth || info.filterHeight !== info.filterWidth)) {
    call.fail('UNSUPPORTED_SHAPE', {
      expected: 'equal strides and equal sides of the filter where pad is a number',
      got: `strides ${info.strideHeight} and ${info.strideWidth}, sides ${info.filterHeight} and ${info.filterWidth}`,
      advice: "Give 'same', 'valid' or a pair of pads for each axis.",
    })
  }
  return info
}

/** Resolves size, strides and padding of a pooling as tfjs does. */
export function readPooling(call: KernelCall, x: Shape): Info {
  return assertEqualSides(
    call,
    backend_util.computePool2DInfo(
      asFour(call, x),
      call.twoNumbers('filterSize'),
      call.twoNumbers('strides'),
      1,
      call.padding(),
      call.choice('dimRoundingMode', roundingModes),
    ),
  )
}

function asFour(call: KernelCall, shape: Shape): [number, number, number, number] {
  const [a, b, c, d] = shape
  if (shape.length !== 4 || a === undefined || b === undefined || c === undefined || d === undefined) {
    return call.fail('UNSUPPORTED_SHAPE', { expected: 'tensors of 4 axes', got: `[${shape.join(',')}]` })
  }
  return [a, b, c, d]
}

function windowAxes(info: Info): readonly [WindowAxis, WindowAxis] {
  return [
    {
      size: info.inHeight,
      output: info.outHeight,
      kernel: info.filterHeight,
      stride: info.strideHeight,
      dilation: info.dilationHeight,
      before: info.padInfo.top,
    },
    {
      size: info.inWidth,
      output: info.outWidth,
      kernel: info.filterWidth,
      stride: info.strideWidth,
      dilation: info.dilationWidth,
      before: info.padInfo.left,
    },
  ]
}

/** How far the last window reaches beyond the image; negative where it leaves elements unused. */
function overhang({ size, output, kernel, stride, dilation, before }: WindowAxis): number {
  return (output - 1) * stride + (kernel - 1) * dilation + 1 - before - size
}

/** Elements after the image that ONNX needs to find the same windows as tfjs, whose padding may be longer or be rounded. */
function after(axis: WindowAxis): number {
  return Math.max(0, overhang(axis))
}

/** Counts the elements at the end of each spatial axis that no window covers. */
export function unusedElements(info: Info): readonly number[] {
  return windowAxes(info).map((axis) => Math.max(0, -overhang(axis)))
}

/** Gives the attributes with which ONNX's operators see the windows that tfjs sees. */
export function onnxWindows(info: Info): Attributes & { readonly strides: readonly number[]; readonly dilations: readonly number[] } {
  const axes = windowAxes(info)
  return {
    strides: axes.map(({ stride }) => stride),
    dilations: axes.map(({ dilation }) => dilation),
    pads: [...axes.map(({ before }) => before), ...axes.map(after)],
  }
}

/** Counts, for each window, the elements that lie on the image and not in the padding: [rows, columns] of windows, row-major. */
export function windowCoverage(info: Info): Float32Array {
  const [rows, columns] = windowAxes(info).map(({ size, output, kernel, stride, before }) =>
    Array.from({ length: output }, (_, index) => {
      const start = index * stride - before
      return Math.max(0, Math.min(start + kernel, size) - Math.max(start, 0))
    }),
  )
  return Float32Array.from((rows ?? []).flatMap((height) => (columns ?? []).map((width) => height * width)))
}
