import type { GraphNode, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { emitReshape } from '../../rules/emission.js'
import { emitWindowSums } from '../../rules/windowSums.js'
import { transpose } from '../transposes/TransposedView.js'
import { readWindows } from './ImageWindows.js'
import { fromBatchLast, sizesOf, toBatchLast } from './layout.js'

/**
 * A transposed convolution to few channels: one product of matrices gives every pixel's share in each element of its window, and the
 * shares are added where windows overlap.
 */
export function scatterProduct(builder: GraphBuilder, node: GraphNode): Value | undefined {
  const [x, filter, bias] = node.inputs
  const output = node.outputs[0]
  const { group, dilations, strides, padsBegin } = readWindows(node)
  if (!x || !filter || !output || group !== 1 || dilations.some((dilation) => dilation !== 1)) return undefined
  const [batch, depth, height, width] = sizesOf(x.shape)
  const [, channels, rows, columns] = sizesOf(filter.shape)
  const [, , down, across] = sizesOf(output.shape)
  const places = height * width * batch
  const shares = builder.node('Gemm', [
    emitReshape(builder, transpose(builder, filter, [2, 3, 1, 0]), [rows * columns * channels, depth]),
    emitReshape(builder, toBatchLast(builder, x), [depth, places]),
  ]) // [rows columns channels, height width batch]
  const parts = builder
    .nodes('Split', [shares, builder.integers(new Array<number>(rows * columns).fill(channels))], { axis: 0 })
    .map((part) => emitReshape(builder, part, [channels, height, width, batch]))
  const elements = Array.from({ length: rows }, (_, row) => parts.slice(row * columns, (row + 1) * columns))
  const sum = emitWindowSums(builder, elements, { sizes: [down, across], strides, before: padsBegin })
  const biased = bias ? builder.node('Add', [sum, emitReshape(builder, bias, [channels, 1, 1, 1])]) : sum
  return fromBatchLast(builder, biased)
}
