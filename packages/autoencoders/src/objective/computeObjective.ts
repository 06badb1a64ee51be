import { div, mean, mul, type Scalar, sum, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import { encoderRowOf } from '../architectures/encoderRows.js'
import type { Network, ParameterTensors } from '../architectures/Network.js'
import type { EncoderConfig, RegularizerConfig } from '../config/RunConfig.js'
import type { Loss } from '../losses/losses.js'
import { divergenceFromPrior, sampleCodes } from './divergence.js'
import { penaltyOf, sumOfPresent } from './regularizers.js'

/** What is minimized, apart from the parameters' values. */
export interface Objective {
  readonly network: Network
  readonly loss: Loss
  readonly regularizer: RegularizerConfig
  readonly encoder: EncoderConfig
}

export interface Batch {
  /** What is to be reconstructed, [batch, values of one example]. */
  readonly targets: Tensor2D
  /** What the encoder sees of it: the targets themselves, or corrupted. */
  readonly inputs: Tensor2D
  /** Standard normal, [batch, latent dimension]; only a variational encoder reads it. */
  readonly noise?: Tensor2D | undefined
}

export interface ObjectiveTerms {
  /** Reconstruction error of each example, the mean over its values, [batch]. */
  readonly losses: Tensor1D
  /** Regularizer and divergence, weights included, divided by the values of one example; null where there is neither. */
  readonly penalty: Scalar | null
  /** Divergence of each code unit from the prior in nats, the mean over the batch, [latent dimension]; null unless variational. */
  readonly divergences: Tensor1D | null
}

/**
 * Computes the objective of a batch, mean(losses) + penalty. Both are divided by the number of values of one example, so that runs on examples
 * of any size compare; a weight is one of the sum over values: L(x, r) + λ Ω, and for a variational encoder the negative evidence lower
 * bound −ln p(x|z) + β KL, with a cross-entropy as a Bernoulli's and a squared error as that of a Gaussian of variance 1/2.
 */
export function computeObjective(objective: Objective, parameters: ParameterTensors, batch: Batch): ObjectiveTerms {
  const { network, loss, regularizer, encoder } = objective
  const { targets, inputs } = batch
  const size = targets.shape[1]
  const distribution = network.encodeDistribution?.(parameters, inputs)
  const codes = distribution ? sampleCodes(distribution, requireNoise(batch.noise)) : network.encode(parameters, inputs)
  const divergences = distribution ? (mean(divergenceFromPrior(distribution), 0) as Tensor1D) : null
  const beta = encoderRowOf(encoder).divergenceWeight(encoder)
  const penalty = sumOfPresent([
    penaltyOf(regularizer, { network, parameters, inputs, codes: distribution?.mean ?? codes }),
    divergences && (mul(beta, sum(divergences)) as Scalar),
  ])
  return {
    losses: mean(loss(targets, network.decode(parameters, codes)), 1),
    penalty: penalty && (div(penalty, size) as Scalar),
    divergences,
  }
}

function requireNoise(noise: Tensor2D | undefined): Tensor2D {
  if (noise) return noise
  throw new AutoencoderError('WRONG_LENGTH', 'noise: expected standard normal numbers for a variational encoder, got none')
}
