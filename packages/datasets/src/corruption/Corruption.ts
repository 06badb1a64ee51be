/** What is done to examples before a denoising autoencoder sees them; x is one value, x̃ what becomes of it, each value on its own. */
export type Corruption = MaskingNoise | GaussianNoise | UniformNoise | SaltAndPepperNoise

export type CorruptionKind = Corruption['kind']

/** x̃ = 0 with the probability, else x (Vincent et al. 2010, section 3.3). */
export interface MaskingNoise {
  readonly kind: 'masking'
  /** From 0 to 1. */
  readonly probability: number
}

/** x̃ = x + N(0, σ²), not clipped. */
export interface GaussianNoise {
  readonly kind: 'gaussian'
  /** σ, in the unit of the values: 1 is from black to white. */
  readonly standardDeviation: number
}

/** x̃ = x + U(-a, a), not clipped. */
export interface UniformNoise {
  readonly kind: 'uniform'
  /** a, in the unit of the values. */
  readonly amplitude: number
}

/** x̃ = 0 with half the probability, 1 with the other half, else x (Vincent et al. 2010, section 3.3). */
export interface SaltAndPepperNoise {
  readonly kind: 'saltAndPepper'
  /** Of being changed at all, from 0 to 1. */
  readonly probability: number
}
