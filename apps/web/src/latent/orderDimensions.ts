export interface DimensionSpread {
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

/** Cuts a list into pages and returns one; a page past the end is the last. Pages count from 1. */
export function pageOf<Item>(
  items: readonly Item[],
  { page, size }: { page: number; size: number },
): { readonly items: readonly Item[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / size))
  const shown = Math.min(Math.max(1, page), pages)
  return { items: items.slice((shown - 1) * size, shown * size), page: shown, pages }
}

/** A range a slider can move in: that of the test data, widened where the dimension never varies. */
export function sliderRange({ minimum, maximum }: Pick<DimensionSpread, 'minimum' | 'maximum'>): { minimum: number; maximum: number } {
  if (maximum > minimum) return { minimum, maximum }
  const margin = Math.max(1e-3, Math.abs(minimum) * 0.1)
  return { minimum: minimum - margin, maximum: maximum + margin }
}
