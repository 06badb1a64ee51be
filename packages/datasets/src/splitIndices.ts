import { DatasetError } from './DatasetError.js'
import { shuffledIndices } from './shuffledIndices.js'

export interface SplitOptions {
  readonly seed: number
  /** Share of the indices that goes to `first`, from 0 to 1. */
  readonly fraction: number
}

/** Two parts that together hold every index once, each in ascending order. */
export interface IndexSplit {
  readonly first: Uint32Array
  readonly second: Uint32Array
}

/**
 * Splits the numbers 0 to count - 1 at random into `round(count * fraction)` and the rest.
 *
 * @throws DatasetError INVALID_ARGUMENT for a fraction outside [0, 1], or a count or seed that is not a whole number.
 */
export function splitIndices(count: number, { seed, fraction }: SplitOptions): IndexSplit {
  if (!(fraction >= 0 && fraction <= 1)) {
    throw new DatasetError('INVALID_ARGUMENT', {
      subject: 'fraction',
      expected: 'a number from 0 to 1',
      found: String(fraction),
      advice: 'Pass the share of the examples that the first part gets.',
    })
  }
  const shuffled = shuffledIndices(count, { seed, stream: 'split' })
  const firstCount = Math.round(count * fraction)
  return { first: shuffled.slice(0, firstCount).sort(), second: shuffled.slice(firstCount).sort() }
}
