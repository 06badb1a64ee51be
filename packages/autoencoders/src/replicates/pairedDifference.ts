import { meanAndSpread } from './meanAndSpread.js'

export interface PairedDifference {
  /** Mean of what the second value of a pair has over the first. */
  readonly mean: number
  /** Where the mean of all such differences lies with a confidence of 95 %; null of a single pair. */
  readonly interval: readonly [low: number, high: number] | null
  readonly count: number
}

/** Values by the seed of the run that they were measured of. */
export type BySeed = ReadonlyMap<number, number>

/**
 * Compares two settings by the runs that share a seed: the mean of the differences, with Student's t interval of n − 1 degrees of freedom. Null where
 * no seed is in both.
 */
export function pairedDifference(first: BySeed, second: BySeed): PairedDifference | null {
  const differences = [...first].flatMap(([seed, value]) => {
    const other = second.get(seed)
    return other === undefined ? [] : [other - value]
  })
  const sample = meanAndSpread(differences)
  if (!sample) return null
  const { mean, spread, count } = sample
  const reach = (studentQuantile(count - 1) * spread) / Math.sqrt(count)
  return { mean, interval: count > 1 ? [mean - reach, mean + reach] : null, count }
}

/** The 97.5 % quantiles of Student's t distribution by degrees of freedom, from 1. */
const quantiles = [
  ...[12.7062, 4.30265, 3.18245, 2.77645, 2.57058, 2.44691, 2.36462, 2.306, 2.26216, 2.22814],
  ...[2.20099, 2.17881, 2.16037, 2.14479, 2.13145, 2.11991, 2.10982, 2.10092, 2.09302, 2.08596],
  ...[2.07961, 2.07387, 2.06866, 2.0639, 2.05954, 2.05553, 2.05183, 2.04841, 2.04523, 2.04227],
]
/** The same quantile of the normal distribution. */
const NORMAL = 1.959964

/** Gives the 97.5 % quantile of Student's t distribution; beyond the table by its expansion around the normal one (Abramowitz and Stegun, 26.7.5). */
export function studentQuantile(degrees: number): number {
  const known = quantiles[degrees - 1]
  if (known !== undefined) return known
  const z = NORMAL
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
}
