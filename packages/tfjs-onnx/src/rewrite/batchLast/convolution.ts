import type { GraphNode, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { readWindows, withBatchAxis } from './ImageWindows.js'
import { asFlatFilter, asOneImage, fromBatchLast, fromOneImage, toBatchLast } from './layout.js'

/**
 * A convolution of all images at once, as one image with the batch for a third spatial axis. ONNX Runtime then multiplies matrices whose
 * rows are as long as the batch times the image, in place of a short product for each image.
 */
export function convolveBatchLast(builder: GraphBuilder, node: GraphNode): Value | undefined {
  const [x, filter, ...bias] = node.inputs
  if (!x || !filter) return undefined
  const windows = readWindows(node)
  const images = asOneImage(builder, toBatchLast(builder, x))
  const result = builder.node('Conv', [images, asFlatFilter(builder, filter), ...bias], { ...withBatchAxis(windows), group: windows.group })
  return fromBatchLast(builder, fromOneImage(builder, result))
}

/** Maxima or averages of windows, with the batch last. */
export function poolBatchLast(builder: GraphBuilder, node: GraphNode): Value | undefined {
  const [x] = node.inputs
  const kernel = node.attributes.kernel_shape
  if (!x || !Array.isArray(kernel)) return undefined
  const { strides, pads } = withBatchAxis(readWindows(node))
  const { dilations: _, ...kept } = node.attributes
  const images = asOneImage(builder, toBatchLast(builder, x))
  const result = builder.node(node.op, [images], { ...kept, kernel_shape: [...kernel, 1], strides, pads })
  return fromBatchLast(builder, fromOneImage(builder, result))
}
