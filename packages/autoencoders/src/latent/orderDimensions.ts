/** How the values of one dimension of the code, or of one direction, spread over many examples. */
export interface DimensionSpread {
  /** Place in the code, from 0. */
  readonly index: number
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  readonly standardDeviation: number
}

export type DimensionOrder = 'index' | 'variation'

/** Orders code dimensions by index or by how much they vary over the test data, most first; equal ones keep their index order. */
export function orderDimensions<Dimension extends DimensionSpread>(
  dimensions: readonly Dimension[],
  order: DimensionOrder,
): readonly Dimension[] {
  return dimensions.toSorted((a, b) =>
    order === 'variation' ? b.standardDeviation - a.standardDeviation || a.index - b.index : a.index - b.index,
  )
}
