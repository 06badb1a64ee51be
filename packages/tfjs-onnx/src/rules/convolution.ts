import { sameShape, type Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { emitActivation } from './activation.js'
import { emitChannelsFirst, emitChannelsLast, emitReshape, emitSlice, emitTranspose } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'
import { onnxWindows, readConvolution, unusedElements } from './windows.js'

/** tfjs keeps filters as [height, width, in, out], ONNX as [out, in, height, width]. */
function emitFilter(graph: GraphBuilder, filter: Value): Value {
  return emitTranspose(graph, filter, [3, 2, 0, 1])
}

function isChannelsFirst(call: KernelCall): boolean {
  return call.choice('dataFormat', ['NHWC', 'NCHW']) === 'NCHW'
}

/** Applies `emit` to images with their channels first, whatever layout the kernel has them in. */
function withChannelsFirst(call: KernelCall, images: readonly Value[], emit: (...images: readonly Value[]) => Value): Value {
  if (isChannelsFirst(call)) return emit(...images)
  return emitChannelsLast(call.graph, emit(...images.map((image) => emitChannelsFirst(call.graph, image))))
}

function emitConvolution(call: KernelCall, bias: readonly Value[]): Value {
  const [x, filter] = [call.input('x'), call.input('filter')]
  const windows = onnxWindows(readConvolution(call, { x: x.shape, filter: filter.shape }))
  return withChannelsFirst(call, [x], (...images) => call.graph.node('Conv', [...images, emitFilter(call.graph, filter), ...bias], windows))
}

/** A list of one number a channel stands beside [channels, height, width] as [channels, 1, 1]. */
function besideChannels(call: KernelCall, operand: Value | undefined): Value | undefined {
  const isList = operand?.shape.length === 1 && operand.shape[0] !== 1
  return isList && isChannelsFirst(call) ? emitReshape(call.graph, operand, [...operand.shape, 1, 1]) : operand
}

function emitFusedConvolution(call: KernelCall): Value {
  const { bias, preluActivationWeights } = call.inputs
  const isOperand = bias?.shape.length === 1 && bias.shape[0] === call.input('filter').shape[3]
  const convolved = emitConvolution(call, isOperand ? [bias] : [])
  const added = besideChannels(call, bias)
  const sum = added && !isOperand ? call.graph.node('Add', [convolved, added]) : convolved
  return emitActivation(call, sum, besideChannels(call, preluActivationWeights))
}

/**
 * The gradient with respect to the image, which is also the transposed convolution. Elements of the image that no window
 * covers get zeros: `output_padding` adds them, and it stays below the stride because another window would fit otherwise.
 */
function emitInputGradient(call: KernelCall): Value {
  const [dy, filter] = [call.input('dy'), call.input('filter')]
  const info = readConvolution(call, { x: call.numbers('inputShape'), filter: filter.shape })
  const found = isChannelsFirst(call) ? dy.shape.slice(2) : dy.shape.slice(1, 3)
  if (!sameShape(found, [info.outHeight, info.outWidth])) {
    const wanted = `images of ${info.outHeight} by ${info.outWidth}, to which such a convolution takes the output's shape`
    call.fail('UNSUPPORTED_SHAPE', {
      expected: wanted,
      got: found.join(' by '),
      advice: 'Choose output shape, strides and padding that belong together.',
    })
  }
  const attributes = { ...onnxWindows(info), output_padding: unusedElements(info) }
  return withChannelsFirst(call, [dy], (...images) =>
    call.graph.node('ConvTranspose', [...images, emitFilter(call.graph, filter)], attributes),
  )
}

/**
 * The gradient with respect to the filter: a convolution over the batch, with dy as the filter, in which strides and dilations
 * change places. dw[i, j, c, m] is the sum over n, p, q of x[n, s p + d i, s q + d j, c] dy[n, p, q, m].
 */
function emitFilterGradient(call: KernelCall): Value {
  const { graph } = call
  const [x, dy, filterShape] = [call.input('x'), call.input('dy'), call.numbers('filterShape')]
  const info = readConvolution(call, { x: x.shape, filter: filterShape })
  const { strides, dilations, pads = [] } = onnxWindows(info)
  const batchSecond = isChannelsFirst(call) ? [1, 0, 2, 3] : [3, 0, 1, 2]
  const gradient = graph.node('Conv', [emitTranspose(graph, x, batchSecond), emitTranspose(graph, dy, batchSecond)], {
    strides: dilations,
    dilations: strides,
    pads,
  }) // [in, out, height, width], and more of height and width where windows leave elements unused
  const [height = 0, width = 0, channels = 0, filters = 0] = filterShape
  const cut = emitSlice(graph, gradient, { begin: [0, 0, 0, 0], size: [channels, filters, height, width] })
  return emitTranspose(graph, cut, [2, 3, 0, 1])
}

/** Convolutions of images, in tfjs's layout [batch, height, width, channels] or with the channels first. */
export const convolutionRules = {
  Conv2D: { emit: (call) => emitConvolution(call, []), since: 13, tolerance: 1e-5, note: 'NHWC and NCHW' },
  Conv2DBackpropFilter: { emit: emitFilterGradient, since: 13, tolerance: 1e-5, note: 'tfjs has no second derivative by the filter' },
  Conv2DBackpropInput: { emit: emitInputGradient, since: 13, tolerance: 1e-5, note: 'tf.conv2dTranspose too' },
  FusedConv2D: {
    emit: emitFusedConvolution,
    since: 16,
    tolerance: 1e-5,
    note: 'bias and activations as _FusedMatMul; tf.fused.conv2d has the gradient',
  },
} as const satisfies Rules
