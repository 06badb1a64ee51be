import { requireSameLength } from './requireSameLength.js'

/** What float32 logistic outputs are kept from 0 and 1 by: a pixel that is certain and wrong would cost infinitely much. */
const CERTAINTY = 1e-7

/**
 * Converts a negative log-likelihood of one example in nats, summed over its `size` values, to bits per pixel: NLL / (size ln 2). For a
 * variational autoencoder the negative evidence lower bound takes its place and gives an upper bound. A likelihood that is a density (a
 * Gaussian), or that a grey value does not quite fit (a Bernoulli), gives a number to compare models by and no length of a file.
 */
export function bitsPerPixel(negativeLogLikelihood: number, size: number): number {
  return negativeLogLikelihood / (size * Math.LN2)
}

/**
 * Computes the mean over images [n, size] of the negative log-likelihood of their pixels x given decoded means r, in bits per pixel:
 * −(x log₂ r + (1 − x) log₂(1 − r)). What the code itself costs is not part of it.
 */
export function bernoulliBitsPerPixel(originals: Float32Array, means: Float32Array): number {
  requireSameLength('bits per pixel', originals, { other: means, width: 1 })
  let nats = 0
  for (let index = 0; index < originals.length; index++) {
    const x = originals[index] as number
    const r = Math.min(1 - CERTAINTY, Math.max(CERTAINTY, means[index] as number))
    nats -= x * Math.log(r) + (1 - x) * Math.log(1 - r)
  }
  return bitsPerPixel(nats / originals.length, 1)
}
