import type { Shape, Value } from '../../graph.js'
import type { GraphBuilder } from '../../graphBuilder.js'

/** A value seen as a Transpose of another: its axis i is axis perm[i] of the source. */
export interface TransposedView {
  readonly source: Value
  readonly perm: readonly number[]
}

/** Reads the Transpose that a value is the result of. */
export function readView(builder: GraphBuilder, value: Value | undefined): TransposedView | undefined {
  const producer = value && builder.producerOf(value)
  const source = producer?.inputs[0]
  const perm = producer?.attributes.perm
  return producer?.op === 'Transpose' && source && Array.isArray(perm) ? { source, perm } : undefined
}

/** Reads the Transpose behind a value where it may move down. What comes from outside is reordered where it comes in, once for all. */
export function readMovableView(builder: GraphBuilder, value: Value | undefined): TransposedView | undefined {
  const view = readView(builder, value)
  return view && !isRoot(builder, view.source) ? view : undefined
}

/** Transposes; joins it with a Transpose before it, and adds no node where the order comes out as it was. */
export function transpose(builder: GraphBuilder, x: Value, perm: readonly number[]): Value {
  const view = readView(builder, x)
  const [source, joined] = view ? [view.source, perm.map((axis) => view.perm[axis] ?? 0)] : [x, perm]
  return joined.every((axis, index) => axis === index) ? source : builder.node('Transpose', [source], { perm: joined })
}

/** The permutation that undoes another. */
export function inverse(perm: readonly number[]): readonly number[] {
  return perm.map((_, axis) => perm.indexOf(axis))
}

/** The permutation left of another when some of the source's axes go; `kept` are places in `perm`. */
export function restrict(perm: readonly number[], kept: readonly number[]): readonly number[] {
  const axes = kept.map((place) => perm[place] ?? 0)
  const order = [...axes].sort((a, b) => a - b)
  return axes.map((axis) => order.indexOf(axis))
}

/** Whether a Transpose moves only axes of one element, and so is a Reshape. */
export function keepsOrder(shape: Shape, perm: readonly number[]): boolean {
  const moved = perm.filter((axis) => shape[axis] !== 1)
  return moved.every((axis, index) => index === 0 || axis > (moved[index - 1] ?? 0))
}

/** Whether a value is an input, a state or a constant, perhaps in another shape or order. */
export function isRoot(builder: GraphBuilder, value: Value): boolean {
  const producer = builder.producerOf(value)
  const [source] = producer?.op === 'Reshape' || producer?.op === 'Transpose' ? producer.inputs : []
  return source ? isRoot(builder, source) : producer === undefined
}
