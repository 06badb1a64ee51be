import type { Shape } from '../graph.js'

/** Where the examples of a batch lie in a tensor: on one axis, of `examples × inner` elements, example by example. */
export interface ExampleAxis {
  readonly axis: number
  /** Elements of the axis that belong to one example. */
  readonly inner: number
}

/** How a value of a step depends on the examples of its batch. */
export type BatchRole =
  /** It does not. */
  | { readonly kind: 'shared' }
  /** It has a part for each example, which depends on that example alone. */
  | ({ readonly kind: 'examples' } & ExampleAxis)
  /** It is a sum over the examples: that of the batch is that of its first half plus that of its second. */
  | { readonly kind: 'partial' }
  /** It is computed from such sums once they are those of the whole batch. */
  | { readonly kind: 'combined' }

export const shared: BatchRole = { kind: 'shared' }
export const partial: BatchRole = { kind: 'partial' }
export const combined: BatchRole = { kind: 'combined' }

export function examplesOn(axis: number, inner = 1): BatchRole {
  return { kind: 'examples', axis, inner }
}

/** The shape of a tensor that has the parts of `count` examples only. */
export function shapeOfPart(shape: Shape, { axis, inner }: ExampleAxis, count: number): Shape {
  return shape.with(axis, count * inner)
}
