import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core'

/** Parameters by name, as an engine holds them: variables while training, constants while decoding. */
export type ParameterTensors = Readonly<Record<string, Tensor>>

export interface Reconstruction {
  /** Output of the decoder, [batch, values of one example]. */
  readonly values: Tensor2D
  /** What the output activation was applied to: the logits where it is a sigmoid. Same shape. */
  readonly preActivations: Tensor2D
}

/** A diagonal Gaussian over codes for each example, [batch, latent dimension] each. */
export interface CodeDistribution {
  readonly mean: Tensor2D
  /** ln σ². */
  readonly logVariance: Tensor2D
}

/** The two steps of an autoencoder as pure functions of parameters and a batch; the same code runs eagerly and traced. */
export interface Network {
  /** Maps examples [batch, values of one example] to codes [batch, latent dimension]: the means where the encoder is variational. */
  encode(parameters: ParameterTensors, examples: Tensor2D): Tensor2D
  /** Maps codes [batch, latent dimension] to reconstructions. */
  decode(parameters: ParameterTensors, codes: Tensor2D): Reconstruction
  /**
   * Maps directions at one code [1, latent dimension], as many as there are rows [count, latent dimension], to how the reconstruction moves along each,
   * [count, values of one example]: products of the decoder's Jacobian with them, exactly.
   */
  pushForward(parameters: ParameterTensors, code: Tensor2D, directions: Tensor2D): Tensor2D
  /** Maps examples to the distributions of their codes; null where the encoder is deterministic. */
  readonly encodeDistribution: ((parameters: ParameterTensors, examples: Tensor2D) => CodeDistribution) | null
  /** Computes ‖∂f(x)/∂x‖²_F of each example, [batch], exactly; null where the encoder has layers that are not dense. */
  readonly squaredJacobianNorms: ((parameters: ParameterTensors, examples: Tensor2D) => Tensor1D) | null
}
