import { add, exp, mul, square, sub, type Tensor2D } from '@tensorflow/tfjs-core'
import type { CodeDistribution } from '../architectures/Network.js'

/**
 * Computes KL(N(μ, σ²) ‖ N(0, 1)) = (μ² + σ² − ln σ² − 1) / 2 in nats, [batch, latent dimension]: the divergence of an example's code is the sum
 * over its units. Source: Kingma & Welling 2014, appendix B.
 */
export function divergenceFromPrior({ mean, logVariance }: CodeDistribution): Tensor2D {
  return mul(0.5, sub(add(square(mean), exp(logVariance)), add(logVariance, 1))) as Tensor2D
}

/** Draws codes μ + σ ε from distributions; `noise` ε is standard normal, [batch, latent dimension]. */
export function sampleCodes({ mean, logVariance }: CodeDistribution, noise: Tensor2D): Tensor2D {
  return add(mean, mul(exp(mul(logVariance, 0.5)), noise)) as Tensor2D
}
