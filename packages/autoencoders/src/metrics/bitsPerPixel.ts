/**
 * Converts a negative log-likelihood of one example in nats, summed over its `size` values, to bits per pixel: NLL / (size ln 2). For a
 * variational autoencoder the negative evidence lower bound takes its place and gives an upper bound. A likelihood that is a density (a
 * Gaussian), or that a grey value does not quite fit (a Bernoulli), gives a number to compare models by and no length of a file.
 */
export function bitsPerPixel(negativeLogLikelihood: number, size: number): number {
  return negativeLogLikelihood / (size * Math.LN2)
}
