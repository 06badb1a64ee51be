import { createRandom } from '@hourglass/datasets'
import type { DimensionSpread } from './orderDimensions.js'

/**
 * Draws a code `[size]` from independent normal distributions that are fitted to each dimension, kept within the range over the data. The same seed
 * draws the same code.
 */
export function sampleCode(dimensions: readonly DimensionSpread[], seed: number): Float32Array {
  const random = createRandom(seed, 'latent/sample')
  return Float32Array.from(dimensions, ({ index, mean, standardDeviation, minimum, maximum }) =>
    Math.min(maximum, Math.max(minimum, mean + standardDeviation * random.normal(index))),
  )
}
