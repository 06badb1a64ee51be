import { requireSameLength } from './requireSameLength.js'

/** Mean squared errors of single examples, [n] each. */
export interface SquaredErrors {
  /** Of reconstructions as they come. */
  readonly unclipped: Float64Array
  /** Of reconstructions clipped to 0…1. */
  readonly clipped: Float64Array
}

/** Computes Σ (x − r)² / size of each example [n, size] in one pass over both, as all errors of an analysis are made of these. */
export function squaredErrors(originals: Float32Array, reconstructions: Float32Array, size: number): SquaredErrors {
  requireSameLength('squared errors', originals, { other: reconstructions, width: size })
  const count = originals.length / size
  const unclipped = new Float64Array(count)
  const clipped = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    let [asItComes, asShown] = [0, 0]
    for (let index = row * size; index < (row + 1) * size; index++) {
      const original = originals[index] as number
      const value = reconstructions[index] as number
      const difference = original - value
      const shownDifference = original - (value < 0 ? 0 : value > 1 ? 1 : value)
      asItComes += difference * difference
      asShown += shownDifference * shownDifference
    }
    unclipped[row] = asItComes / size
    clipped[row] = asShown / size
  }
  return { unclipped, clipped }
}
