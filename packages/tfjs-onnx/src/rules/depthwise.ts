import type { Value } from '../graph.js'
import { emitActivation } from './activation.js'
import { emitChannelsFirst, emitChannelsLast, emitReshape, emitSlice, emitTranspose } from './emission.js'
import type { KernelCall } from './KernelCall.js'
import type { Rules } from './Rule.js'
import { onnxWindows, readConvolution, unusedElements } from './windows.js'

function assertChannelsLast(call: KernelCall): void {
  if (call.choice('dataFormat', ['NHWC', 'NCHW']) !== 'NCHW') return
  call.fail('UNSUPPORTED_SHAPE', {
    expected: 'dataFormat NHWC',
    got: 'NCHW',
    advice: 'Transpose to [batch, height, width, channels] with tf.transpose.',
  })
}

/** tfjs keeps a filter of `multiplier` channels for each channel as [height, width, in, multiplier], ONNX as [in multiplier, 1, height, width]. */
function emitFilter(call: KernelCall): Value {
  const filter = call.input('filter')
  const [height = 0, width = 0, channels = 0, multiplier = 0] = filter.shape
  return emitReshape(call.graph, emitTranspose(call.graph, filter, [2, 3, 0, 1]), [channels * multiplier, 1, height, width])
}

function emitConvolution(call: KernelCall, bias: readonly Value[] = []): Value {
  assertChannelsLast(call)
  const x = call.input('x')
  const info = readConvolution(call, { x: x.shape, filter: call.input('filter').shape, isDepthwise: true })
  const operands = [emitChannelsFirst(call.graph, x), emitFilter(call), ...bias]
  return emitChannelsLast(call.graph, call.graph.node('Conv', operands, { ...onnxWindows(info), group: info.inChannels }))
}

function emitFusedConvolution(call: KernelCall): Value {
  const { bias, preluActivationWeights } = call.inputs
  const [, , channels = 0, multiplier = 0] = call.input('filter').shape
  const isOperand = bias?.shape.length === 1 && bias.shape[0] === channels * multiplier
  const convolved = emitConvolution(call, isOperand ? [bias] : [])
  return emitActivation(call, bias && !isOperand ? call.graph.node('Add', [convolved, bias]) : convolved, preluActivationWeights)
}

function emitInputGradient(call: KernelCall): Value {
  assertChannelsLast(call)
  const info = readConvolution(call, { x: call.numbers('inputShape'), filter: call.input('filter').shape, isDepthwise: true })
  const attributes = { ...onnxWindows(info), group: info.inChannels, output_padding: unusedElements(info) }
  const operands = [emitChannelsFirst(call.graph, call.input('dy')), emitFilter(call)]
  return emitChannelsLast(call.graph, call.graph.node('ConvTranspose', operands, attributes))
}

/**
 * As the gradient of a whole filter, in one group for each channel: the batch stands where a convolution has its channels.
 * x is [1, in batch, height, width], dy [in multiplier, batch, height, width].
 */
function emitFilterGradient(call: KernelCall): Value {
  assertChannelsLast(call)
  const { graph } = call
  const [x, dy, filterShape] = [call.input('x'), call.input('dy'), call.numbers('filterShape')]
  const info = readConvolution(call, { x: x.shape, filter: filterShape, isDepthwise: true })
  const { strides, dilations, pads = [] } = onnxWindows(info)
  const { inChannels, batchSize, inHeight, inWidth } = info
  const images = emitReshape(graph, emitTranspose(graph, x, [3, 0, 1, 2]), [1, inChannels * batchSize, inHeight, inWidth])
  const gradient = graph.node('Conv', [images, emitTranspose(graph, dy, [3, 0, 1, 2])], {
    strides: dilations,
    dilations: strides,
    pads,
    group: inChannels,
  })
  const [height = 0, width = 0, channels = 0, multiplier = 0] = filterShape
  const cut = emitSlice(graph, gradient, { begin: [0, 0, 0, 0], size: [1, channels * multiplier, height, width] })
  return emitTranspose(graph, emitReshape(graph, cut, [channels, multiplier, height, width]), [2, 3, 0, 1])
}

const dilated = 'with dilations, where tfjs ignores them: as a derivative must be'

/** Convolutions of each channel by itself. */
export const depthwiseRules = {
  DepthwiseConv2dNative: { emit: (call) => emitConvolution(call), since: 14, tolerance: 1e-5 },
  DepthwiseConv2dNativeBackpropFilter: { emit: emitFilterGradient, since: 14, tolerance: 1e-5, note: dilated },
  DepthwiseConv2dNativeBackpropInput: { emit: emitInputGradient, since: 14, tolerance: 1e-5, note: dilated },
  FusedDepthwiseConv2D: { emit: emitFusedConvolution, since: 16, tolerance: 1e-5, note: 'bias and activations as _FusedMatMul' },
} as const satisfies Rules
