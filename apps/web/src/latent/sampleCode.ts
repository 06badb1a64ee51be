import { createRandom } from '@hourglass/datasets'
import type { DimensionSpread } from './orderDimensions'

/** Draws a code from the codes' distribution, one normal per dimension kept within its range. The same seed draws the same code. */
export function sampleCode(dimensions: readonly DimensionSpread[], seed: number): Float32Array {
  const random = createRandom(seed, 'latent/sample')
  return Float32Array.from(dimensions, ({ index, mean, standardDeviation, minimum, maximum }) =>
    Math.min(maximum, Math.max(minimum, mean + standardDeviation * random.normal(index))),
  )
}
