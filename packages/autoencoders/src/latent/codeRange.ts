import type { DimensionSpread } from './orderDimensions.js'
import type { Interval } from './vectorField.js'

/** What a slider of a code reaches over. */
export const codeRangeKinds = ['extremes', 'quantiles', 'deviations', 'prior'] as const
export type CodeRangeKind = (typeof codeRangeKinds)[number]

/** The share of codes, or of the prior, that lies beyond either end of a range of quantiles. */
export const BEYOND_QUANTILES = 0.01
/** The quantile of the standard normal distribution at 1 − 0.01. */
const NORMAL_QUANTILE = 2.3263478740408408
/** Standard deviations from the mean to either end. */
export const RANGE_DEVIATIONS = 2

export interface CodeRangeOptions {
  /** Coordinates of codes along the unit or the direction, in any order; null where they are not known, which leaves quantiles to the extremes. */
  readonly along: ArrayLike<number> | null
  /** Coordinate of the origin of the code space, around which the prior lies. @default 0 */
  readonly origin?: number
  /** Standard deviation of the prior along a unit of the coordinate. @default 1 */
  readonly priorDeviation?: number
}

/** Computes over what a unit of the code, or a direction, ranges: from the least to the greatest code, of the middle 98 % of them, 2 standard deviations around their mean, or the middle 98 % of N(0, I). */
export function codeRange(
  { minimum, maximum, mean, standardDeviation }: DimensionSpread,
  kind: CodeRangeKind,
  { along, origin = 0, priorDeviation = 1 }: CodeRangeOptions,
): Interval {
  if (kind === 'quantiles' && along !== null && along.length > 0) {
    const sorted = Float64Array.from(along).sort()
    return { minimum: quantileOf(sorted, BEYOND_QUANTILES), maximum: quantileOf(sorted, 1 - BEYOND_QUANTILES) }
  }
  const around = (middle: number, reach: number) => ({ minimum: middle - reach, maximum: middle + reach })
  if (kind === 'deviations') return around(mean, RANGE_DEVIATIONS * standardDeviation)
  if (kind === 'prior') return around(origin, NORMAL_QUANTILE * priorDeviation)
  return { minimum, maximum }
}

/** Interpolates between the values around a quantile (Hyndman & Fan 1996, definition 7). */
function quantileOf(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = sorted[Math.floor(place)] as number
  return below + (place - Math.floor(place)) * ((sorted[Math.ceil(place)] as number) - below)
}
