import { createRandom } from '@hourglass/datasets'

/**
 * Draws codes from the standard normal prior of a variational autoencoder, z ~ N(0, I) (Kingma & Welling 2014), `[count, size]`. The same
 * seed draws the same codes.
 */
export function drawPrior({ seed, count, size }: { seed: number; count: number; size: number }): Float32Array {
  const random = createRandom(seed, 'latent/prior')
  return Float32Array.from({ length: count * size }, (_, index) => random.normal(index))
}
