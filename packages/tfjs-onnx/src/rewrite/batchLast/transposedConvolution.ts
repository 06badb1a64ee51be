import type { GraphNode, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import { emitReshape } from '../../rules/emission.js'
import { transpose } from '../transposes/TransposedView.js'
import { type ImageWindows, readWindows, withBatchAxis } from './ImageWindows.js'
import { asFlatFilter, asOneImage, fromBatchLast, fromOneImage, sizesOf, toBatchLast } from './layout.js'

/** One remainder, by the stride, of the places in the result: which elements of the filter reach it, and from where. */
interface Phase {
  /** The first element of the filter, and how many follow it at steps of the stride. */
  readonly first: number
  readonly count: number
  readonly padBegin: number
  readonly padEnd: number
}

/**
 * out[o] is the sum of x[i] w[k] over i s + k = o + begin. For o = s r + remainder this is a convolution of x with every s-th element
 * of w, from k = (remainder + begin) mod s on, in reverse order.
 */
function phasesOf(axis: 0 | 1, sizes: { input: number; output: number; kernel: number }, { strides, padsBegin }: ImageWindows): Phase[] {
  const [stride, begin] = [strides[axis], padsBegin[axis]]
  const length = Math.ceil(sizes.output / stride)
  return Array.from({ length: stride }, (_, remainder) => {
    const first = (remainder + begin) % stride
    const count = Math.max(0, Math.ceil((sizes.kernel - first) / stride))
    const offset = Math.floor((remainder + begin) / stride)
    return { first, count, padBegin: count - 1 - offset, padEnd: length + offset - sizes.input }
  })
}

function isConvolution({ count, padBegin, padEnd }: Phase): boolean {
  return count > 0 && padBegin >= 0 && padEnd >= 0
}

/** A transposed convolution with the batch last: one convolution without gaps for each remainder of rows and columns by the strides. */
export function transposeConvolutionBatchLast(builder: GraphBuilder, node: GraphNode): Value | undefined {
  const [x, filter, bias] = node.inputs
  const output = node.outputs[0]
  const windows = readWindows(node)
  if (!x || !filter || !output || windows.group !== 1 || windows.dilations.some((dilation) => dilation !== 1)) return undefined
  const [, , height, width] = sizesOf(x.shape)
  const [, , rows, columns] = sizesOf(filter.shape)
  const [, , down, across] = sizesOf(output.shape)
  const vertical = phasesOf(0, { input: height, output: down, kernel: rows }, windows)
  const horizontal = phasesOf(1, { input: width, output: across, kernel: columns }, windows)
  if (![...vertical, ...horizontal].every(isConvolution)) return undefined

  const images = asOneImage(builder, toBatchLast(builder, x))
  const swapped = transpose(builder, filter, [1, 0, 2, 3])
  const parts = vertical.map((row) =>
    horizontal.map((column) => {
      const part = asFlatFilter(builder, everyStride(builder, swapped, { row, column, strides: windows.strides }))
      const attributes = withBatchAxis({
        strides: [1, 1],
        dilations: [1, 1],
        padsBegin: [row.padBegin, column.padBegin],
        padsEnd: [row.padEnd, column.padEnd],
      })
      return fromOneImage(builder, builder.node('Conv', bias ? [images, part, bias] : [images, part], attributes))
    }),
  )
  const joined = interleave(builder, parts)
  return fromBatchLast(builder, crop(builder, joined, [down, across]))
}

/** Takes every stride-th element of a filter [out, in, rows, columns] from the last one back. */
function everyStride(
  builder: GraphBuilder,
  filter: Value,
  { row, column, strides }: { row: Phase; column: Phase; strides: readonly [number, number] },
): Value {
  const [, , rows, columns] = sizesOf(filter.shape)
  if (rows === 1 && columns === 1) return filter
  const last = [row, column].map(({ first, count }, axis) => first + (count - 1) * (strides[axis] ?? 1))
  const beforeFirst = [row, column].map(({ first }, axis) => first - (strides[axis] ?? 1))
  return builder.node('Slice', [
    filter,
    builder.integers(last),
    // ONNX counts negative ends from the back; before the first element is written as far below as possible.
    builder.integers(beforeFirst.map((end) => (end < 0 ? -(2 ** 31) : end))),
    builder.integers([2, 3]),
    builder.integers(strides.map((stride) => -stride)),
  ])
}

/** Takes rows and columns [channels, rows, columns, batch] of the parts in turn. */
function interleave(builder: GraphBuilder, parts: readonly (readonly Value[])[]): Value {
  const [[first] = []] = parts
  if (!first || (parts.length === 1 && parts[0]?.length === 1)) return first ?? builder.scalar('float32', 0)
  const [channels, height, width, batch] = sizesOf(first.shape)
  const apart = [channels, height, 1, width, 1, batch]
  const concat = (values: readonly Value[], axis: number) => {
    const [only] = values
    return values.length === 1 && only ? only : builder.node('Concat', values, { axis })
  }
  const rows = parts.map((row) =>
    concat(
      row.map((part) => emitReshape(builder, part, apart)),
      4,
    ),
  )
  return emitReshape(builder, concat(rows, 2), [channels, height * parts.length, width * (parts[0]?.length ?? 1), batch])
}

function crop(builder: GraphBuilder, x: Value, [height, width]: readonly [number, number]): Value {
  const [, rows, columns] = sizesOf(x.shape)
  if (rows === height && columns === width) return x
  const ones = builder.integers([1, 1])
  return builder.node('Slice', [x, builder.integers([0, 0]), builder.integers([height, width]), builder.integers([1, 2]), ones])
}
