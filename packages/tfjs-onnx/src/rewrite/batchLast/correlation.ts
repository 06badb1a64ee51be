import type { GraphNode, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { emitReshape } from '../../rules/emission.js'
import { transpose } from '../transposes/TransposedView.js'
import { readWindows } from './ImageWindows.js'
import { sizesOf } from './layout.js'

/**
 * A convolution whose filters are nearly as large as the image, such as the gradient of a filter, as one product of matrices: few places
 * of the filter on the image, each a row of all the elements it covers. x [images, depth, height, width], filter [filters, depth, rows, columns].
 */
export function correlate(builder: GraphBuilder, node: GraphNode): Value | undefined {
  const [x, filter, ...bias] = node.inputs
  const output = node.outputs[0]
  if (!x || !filter || !output || bias.length > 0) return undefined
  const [images, depth, height, width] = sizesOf(x.shape)
  const [filters, , rows, columns] = sizesOf(filter.shape)
  const [, , down, across] = sizesOf(output.shape)
  const { strides, dilations, padsBegin } = readWindows(node)
  const pixels = height * width
  const rowOf = (place: number, element: number) => place * strides[0] + element * dilations[0] - padsBegin[0]
  const columnOf = (place: number, element: number) => place * strides[1] + element * dilations[1] - padsBegin[1]
  // For each place of the filter, where its elements lie; what lies in the padding is a zero after the last pixel.
  const covered = grid(down, across).flatMap(([i, j]) =>
    grid(rows, columns).map(([p, q]) => {
      const [row, column] = [rowOf(i, p), columnOf(j, q)]
      return row >= 0 && row < height && column >= 0 && column < width ? row * width + column : pixels
    }),
  )
  const flat = emitReshape(builder, transpose(builder, x, [0, 2, 3, 1]), [images, pixels, depth])
  const padded = covered.includes(pixels)
    ? builder.node('Pad', [flat, builder.integers([0, 0, 0, 0, 1, 0]), builder.scalar('float32', 0)])
    : flat
  const gathered = builder.node('Gather', [padded, builder.integers(covered)], { axis: 1 })
  const length = rows * columns * depth
  const product = builder.node(
    'Gemm',
    [
      emitReshape(builder, gathered, [images * down * across, length]),
      emitReshape(builder, transpose(builder, filter, [0, 2, 3, 1]), [filters, length]),
    ],
    { transB: 1 },
  )
  return transpose(builder, emitReshape(builder, product, [images, down, across, filters]), [0, 3, 1, 2])
}

function grid(rows: number, columns: number): readonly (readonly [number, number])[] {
  return Array.from({ length: rows * columns }, (_, index) => [Math.floor(index / columns), index % columns] as const)
}
