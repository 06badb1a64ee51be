/** How the values of one dimension of the code, or of one direction, spread over many examples. */
export interface DimensionSpread {
  /** Place in the code, from 0. */
  readonly index: number
  readonly minimum: number
  readonly maximum: number
  readonly mean: number
  readonly standardDeviation: number
}

export type DimensionOrder = 'index' | 'variation' | 'divergence'

/** What is ordered: how it spreads, and of variational encoders how much it tells beyond the prior. */
type Ordered = DimensionSpread & { readonly divergence?: number | null }

const amounts = {
  variation: ({ standardDeviation }) => standardDeviation,
  divergence: ({ divergence }) => divergence ?? 0,
} as const satisfies Record<Exclude<DimensionOrder, 'index'>, (dimension: Ordered) => number>

/** Orders code dimensions by index, by how much they vary over the test data, or by their divergence from the prior, most first; equal ones keep their index order. */
export function orderDimensions<Dimension extends Ordered>(dimensions: readonly Dimension[], order: DimensionOrder): readonly Dimension[] {
  return dimensions.toSorted((a, b) => (order === 'index' ? 0 : amounts[order](b) - amounts[order](a)) || a.index - b.index)
}
