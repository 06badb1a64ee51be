import { requireSameLength } from './requireSameLength.js'

export interface GaussianCodes {
  /** [n, latent dimension] */
  readonly means: Float32Array
  /** ln σ², [n, latent dimension] */
  readonly logVariances: Float32Array
}

/**
 * Computes for each dimension the mean over examples of KL(N(μ, σ²) ‖ N(0, 1)) = ½ (μ² + σ² − 1 − ln σ²) in nats, [latent dimension].
 * Dimensions at zero carry nothing. Source: Kingma & Welling 2014, appendix B.
 */
export function gaussianDivergence({ means, logVariances }: GaussianCodes, latentDimension: number): Float64Array {
  requireSameLength('means and log-variances', means, { other: logVariances, width: latentDimension })
  const sums = new Float64Array(latentDimension)
  for (let index = 0; index < means.length; index++) {
    const mean = means[index] as number
    const logVariance = logVariances[index] as number
    const unit = index % latentDimension
    // expm1 keeps the digits of variances near 1.
    sums[unit] = (sums[unit] as number) + 0.5 * (mean * mean + Math.expm1(logVariance) - logVariance)
  }
  return sums.map((sum) => (sum * latentDimension) / means.length)
}
