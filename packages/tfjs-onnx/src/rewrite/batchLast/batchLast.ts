import { type GraphNode, type Shape, sizeOf, type Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import type { RewritePass } from '../RewritePass.js'
import { rebuildGraph } from '../rebuildGraph.js'
import { convolveBatchLast, poolBatchLast } from './convolution.js'
import { correlate } from './correlation.js'
import { readWindows } from './ImageWindows.js'
import { scatterProduct } from './scatteredProduct.js'
import { transposeConvolutionBatchLast } from './transposedConvolution.js'

/** Below this many images, ONNX Runtime's own convolutions are as fast (see docs/performance.md). */
const leastBatch = 16
/** From as many channels on, a transposed convolution is faster as several convolutions than as sums of shares. */
const manyChannels = 8
/** Shares of larger windows are too many to be added up faster than ONNX Runtime does. */
const smallWindow = 9
/** A matrix of more elements would cost more memory than its product saves time: 128 MiB. */
const mostGathered = 2 ** 25

/**
 * Computes convolutions and pools of many images with the batch as the last axis, in place of the first: rows of memory are then as long
 * as the batch, and all images are one product of matrices. The nodes around them are Transpose nodes, for sinkTransposes to cancel.
 */
export const batchLast = {
  name: 'batchLast',
  rounds: true,
  rewrite: (graph) =>
    rebuildGraph(graph, (node, builder) => {
      const result = onImages(node) ? rewritten(node, builder) : undefined
      return result && [result]
    }),
} as const satisfies RewritePass

function rewritten(node: GraphNode, builder: GraphBuilder): Value | undefined {
  const [batch = 0] = node.inputs[0]?.shape ?? []
  if (node.op === 'Conv' && isCorrelation(node)) return correlate(builder, node)
  if (batch < leastBatch) return undefined
  if (node.op === 'Conv') return convolveBatchLast(builder, node)
  if (node.op === 'ConvTranspose') return transposed(node, builder)
  return node.op === 'MaxPool' || node.op === 'AveragePool' ? poolBatchLast(builder, node) : undefined
}

/**
 * A convolution gathers all pixels of every window, for however few channels of the result; adding up shares costs as much for each
 * element of the window and each channel.
 */
function transposed(node: GraphNode, builder: GraphBuilder): Value | undefined {
  const [, channels = 0, rows = 0, columns = 0] = node.inputs[1]?.shape ?? []
  if (channels >= manyChannels || readWindows(node).strides.every((stride) => stride === 1)) {
    return transposeConvolutionBatchLast(builder, node)
  }
  return rows * columns <= smallWindow ? scatterProduct(builder, node) : undefined
}

function onImages({ inputs: [x] }: GraphNode): boolean {
  return x?.shape.length === 4
}

/** Whether a filter has more elements than places on the image, and a summed axis long enough to lie last. */
function isCorrelation({ inputs: [x, filter], outputs: [output], attributes }: GraphNode): boolean {
  if (!x || !filter || !output || (attributes.group ?? 1) !== 1) return false
  const [images = 0, depth = 0] = x.shape
  const area = ({ shape }: { readonly shape: Shape }) => sizeOf(shape.slice(2))
  return area(filter) > area(output) && depth >= leastBatch && images * area(output) * depth * area(filter) <= mostGathered
}
