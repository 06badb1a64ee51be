import { abs, add, clipByValue, log, mean, mul, neg, type Scalar, sub, sum, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import type { Network, ParameterTensors } from '../architectures/Network.js'
import type { RegularizerConfig } from '../config/RunConfig.js'

/** What a penalty looks at. */
export interface Penalized {
  readonly network: Network
  readonly parameters: ParameterTensors
  /** What the encoder saw, [batch, values of one example]. */
  readonly inputs: Tensor2D
  /** What it made of it, [batch, latent dimension]. */
  readonly codes: Tensor2D
}

/** Computes a penalty of a batch, weight included, in the unit of an error that is summed over the values of one example. */
export type Regularizer<Config> = (config: Config, penalized: Penalized) => Scalar

/** Keeps activations away from 0 and 1, where the divergence is infinite in float32. */
const SMALLEST_ACTIVATION = 1e-6

/** Penalties by name; null stands for none. */
const regularizers: { readonly [Kind in RegularizerConfig['kind']]: Regularizer<Extract<RegularizerConfig, { kind: Kind }>> | null } = {
  none: null,

  /** λ · mean over the batch of Σ_j |z_j|. */
  l1: ({ weight }, { codes }) => mul(weight, mean(sum(abs(codes), 1))) as Scalar,

  /**
   * λ Σ_j KL(ρ ‖ ρ̂_j) = λ Σ_j ρ ln(ρ / ρ̂_j) + (1 − ρ) ln((1 − ρ) / (1 − ρ̂_j)), with ρ̂_j the mean activation of unit j over the batch.
   * Source: Ng 2011, CS294A lecture notes on the sparse autoencoder.
   */
  klSparsity: ({ weight, target }, { codes }) => {
    const activations = clipByValue(mean(codes, 0), SMALLEST_ACTIVATION, 1 - SMALLEST_ACTIVATION) // [latent]
    const entropy = target * Math.log(target) + (1 - target) * Math.log(1 - target)
    const crossEntropy = neg(add(mul(target, log(activations)), mul(1 - target, log(sub(1, activations)))))
    return mul(weight, sum(add(crossEntropy, entropy))) as Scalar
  },

  /** λ · mean over the batch of ‖∂f(x)/∂x‖²_F. Source: Rifai et al. 2011, equation 2. */
  contractive: ({ weight }, { network, parameters, inputs }) => {
    if (!network.squaredJacobianNorms) {
      throw new AutoencoderError('INVALID_CONFIG', 'regularizer contractive: expected an encoder of dense layers, got another architecture')
    }
    return mul(weight, mean(network.squaredJacobianNorms(parameters, inputs))) as Scalar
  },
}

/** Computes the penalty that a configuration chooses; null for none. */
export function penaltyOf(config: RegularizerConfig, penalized: Penalized): Scalar | null {
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  const regularizer = regularizers[config.kind] as Regularizer<RegularizerConfig> | null
  return regularizer ? regularizer(config, penalized) : null
}

/** Sums tensors of one shape, of which some may be missing; null where all are. */
export function sumOfPresent<T extends Tensor>(terms: readonly (T | null)[]): T | null {
  return terms.reduce((total, term) => (total && term ? (add(total, term) as T) : (total ?? term)), null)
}
