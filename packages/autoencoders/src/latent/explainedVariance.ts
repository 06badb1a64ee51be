import { columnVariances } from '../metrics/columnVariances.js'
import type { DimensionSpread } from './orderDimensions.js'

/** Computes of the variance of codes `[n, size]` the share along each direction, from 0 to 1; 0 for codes that do not vary. */
export function explainedVariance(codes: Float32Array, { size, spreads }: { size: number; spreads: readonly DimensionSpread[] }): number[] {
  const all = columnVariances(codes, size).reduce((sum, variance) => sum + variance, 0)
  return spreads.map(({ standardDeviation }) => (all > 0 ? Math.min(1, standardDeviation ** 2 / all) : 0))
}
