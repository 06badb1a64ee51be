import { requireSameLength } from './requireSameLength.js'

/** Computes Σ (xᵢ − rᵢ)² / n over all values of two sets of images of the same shape. */
export function meanSquaredError(originals: Float32Array, reconstructions: Float32Array): number {
  requireSameLength('mean squared error', originals, { other: reconstructions })
  let sum = 0
  for (let index = 0; index < originals.length; index++) {
    const difference = (originals[index] as number) - (reconstructions[index] as number)
    sum += difference * difference
  }
  return sum / originals.length
}
