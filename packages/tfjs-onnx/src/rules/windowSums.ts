import type { Value } from '../graph.js'
import type { GraphBuilder } from '../graphBuilder.js'
import { emitPad, emitReshape, emitSlice } from './emission.js'

interface Axis {
  readonly axis: number
  readonly size: number
  readonly stride: number
  readonly before: number
}

/** Where windows lie on an image: [rows, columns] of each. */
export interface WindowPlaces {
  readonly sizes: readonly [number, number]
  readonly strides: readonly [number, number]
  /** Elements of the first window before the image. */
  readonly before: readonly [number, number]
}

/**
 * Adds what every window has for each of its elements to the pixel where that element lies; what lies in the padding is lost.
 * `elements` are the rows and columns of the window; each holds a value for every window, [any, rows, columns, any].
 * Returns [any, height, width, any]: the transpose of cutting an image into windows.
 */
export function emitWindowSums(
  graph: GraphBuilder,
  elements: readonly (readonly Value[])[],
  { sizes, strides, before }: WindowPlaces,
): Value {
  const columns = { axis: 2, size: sizes[1], stride: strides[1], before: before[1] }
  const rows = { axis: 1, size: sizes[0], stride: strides[0], before: before[0] }
  return emitAxisSum(
    graph,
    elements.map((row) => emitAxisSum(graph, row, columns)),
    rows,
  )
}

/** out[o] is the sum of parts[k][q] with o = q stride + k - before, found for each remainder of o by the stride, then interleaved. */
function emitAxisSum(graph: GraphBuilder, parts: readonly Value[], { axis, size, stride, before }: Axis): Value {
  const length = Math.ceil(size / stride)
  const phases = Array.from({ length: stride }, (_, remainder) => {
    const offset = (place: number) => (remainder + before - place) / stride
    const shifted = parts.flatMap((part, place) =>
      Number.isInteger(offset(place)) ? [emitShift(graph, part, { axis, offset: offset(place), length })] : [],
    )
    return shifted.length > 0 ? shifted.reduce((sum, each) => graph.node('Add', [sum, each])) : emitZeros(graph, parts, { axis, length })
  })
  return emitInterleaved(graph, phases, { axis, size })
}

/** Takes `length` elements from `offset` on; what lies outside is 0. */
function emitShift(graph: GraphBuilder, x: Value, { axis, offset, length }: { axis: number; offset: number; length: number }): Value {
  const total = x.shape[axis] ?? 0
  const [from, to] = [Math.min(Math.max(offset, 0), total), Math.max(Math.min(offset + length, total), 0)]
  const size = x.shape.with(axis, Math.max(0, to - from))
  const begin = x.shape.map((_, each) => (each === axis ? from : 0))
  const before = Math.min(Math.max(-offset, 0), length)
  const pads = x.shape.map((_, each): [number, number] => (each === axis ? [before, length - before - Math.max(0, to - from)] : [0, 0]))
  return emitPad(graph, emitSlice(graph, x, { begin, size }), { pads, filler: 0 })
}

function emitZeros(graph: GraphBuilder, [first]: readonly Value[], { axis, length }: { axis: number; length: number }): Value {
  const shape = first?.shape.with(axis, length) ?? []
  return graph.node('Expand', [graph.scalar('float32', 0), graph.integers(shape)])
}

/** Takes elements of the phases in turn, and the first `size` of them. */
function emitInterleaved(graph: GraphBuilder, phases: readonly Value[], { axis, size }: { axis: number; size: number }): Value {
  const [first] = phases
  if (!first || phases.length === 1) return first ?? graph.scalar('float32', 0)
  const apart = [...first.shape.slice(0, axis + 1), 1, ...first.shape.slice(axis + 1)]
  const joined = graph.node(
    'Concat',
    phases.map((phase) => emitReshape(graph, phase, apart)),
    { axis: axis + 1 },
  )
  const total = (first.shape[axis] ?? 0) * phases.length
  const flat = emitReshape(graph, joined, first.shape.with(axis, total))
  return emitSlice(graph, flat, { begin: flat.shape.map(() => 0), size: flat.shape.with(axis, size) })
}
