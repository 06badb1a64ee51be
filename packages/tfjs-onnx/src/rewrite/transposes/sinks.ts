import type { GraphNode, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'
import type { OperatorName } from '../../operators/index.js'
import { sinkPastReshape } from './reshapes.js'
import { inverse, restrict, type TransposedView, transpose } from './TransposedView.js'

interface Sinking {
  readonly node: GraphNode
  readonly view: TransposedView
  readonly builder: GraphBuilder
}

/** Computes an operator of one tensor from the source of its Transpose; undefined where that is not possible. */
type Sink = (sinking: Sinking) => readonly Value[] | undefined

function integersOf(builder: GraphBuilder, value: Value | undefined): readonly number[] | undefined {
  const constant = value && builder.constantOf(value)
  return constant && Array.from(constant.data, Number)
}

function sourceAxis(axis: number, perm: readonly number[]): number {
  return perm[axis < 0 ? axis + perm.length : axis] ?? 0
}

/** Reorders a list with an entry for each axis of the view. */
function reorder<Entry>(entries: readonly Entry[], perm: readonly number[]): Entry[] {
  return inverse(perm).flatMap((place) => entries.slice(place, place + 1))
}

const reduce: Sink = ({ node, view: { source, perm }, builder }) => {
  const axes = integersOf(builder, node.inputs[1])
  if (!axes) return undefined
  const sourceAxes = axes.map((axis) => sourceAxis(axis, perm)).sort((a, b) => a - b)
  const reduced = builder.node(node.op, [source, builder.integers(sourceAxes)], node.attributes)
  if (node.attributes.keepdims !== 0) return [transpose(builder, reduced, perm)]
  const kept = perm.flatMap((axis, place) => (sourceAxes.includes(axis) ? [] : [place]))
  return [transpose(builder, reduced, restrict(perm, kept))]
}

/** Operators with an attribute `axis` that keeps every axis where it is. */
const alongAxis: Sink = ({ node, view: { source, perm }, builder }) => {
  const axis = sourceAxis(Number(node.attributes.axis ?? -1), perm)
  const outputs = builder.nodes(node.op, [source, ...node.inputs.slice(1)], { ...node.attributes, axis })
  return outputs.map((output) => transpose(builder, output, perm))
}

const gather: Sink = (sinking) => {
  const [, indices] = sinking.node.inputs
  return indices?.shape.length === 1 ? alongAxis(sinking) : undefined
}

const slice: Sink = ({ node, view: { source, perm }, builder }) => {
  const [, starts, ends, axes, steps] = node.inputs
  const given = integersOf(builder, axes)
  if (!starts || !ends || !steps || !given) return undefined
  const moved = builder.integers(given.map((axis) => sourceAxis(axis, perm)))
  return [transpose(builder, builder.node('Slice', [source, starts, ends, moved, steps]), perm)]
}

const pad: Sink = ({ node, view: { source, perm }, builder }) => {
  const [, pads, filler] = node.inputs
  const given = integersOf(builder, pads)
  if (!filler || !given) return undefined
  const moved = [...reorder(given.slice(0, perm.length), perm), ...reorder(given.slice(perm.length), perm)]
  return [transpose(builder, builder.node('Pad', [source, builder.integers(moved), filler]), perm)]
}

/** Operators whose second operand has a number for each axis. */
const perAxis: Sink = ({ node, view: { source, perm }, builder }) => {
  const given = integersOf(builder, node.inputs[1])
  if (given?.length !== perm.length) return undefined
  return [transpose(builder, builder.node(node.op, [source, builder.integers(reorder(given, perm))]), perm)]
}

const reshapes: Sink = ({ node, view, builder }) => {
  const shape = integersOf(builder, node.inputs[1])
  const sunk = shape && sinkPastReshape(builder, view, shape)
  return sunk && [sunk]
}

/** How a Transpose moves from before an operator to after it. */
export const sinks: Partial<Record<OperatorName, Sink>> = {
  Expand: perAxis,
  Gather: gather,
  Pad: pad,
  ReduceMax: reduce,
  ReduceMean: reduce,
  ReduceMin: reduce,
  ReduceProd: reduce,
  ReduceSum: reduce,
  ReduceSumSquare: reduce,
  Reshape: reshapes,
  Slice: slice,
  Softmax: alongAxis,
  Split: alongAxis,
  Tile: perAxis,
}
