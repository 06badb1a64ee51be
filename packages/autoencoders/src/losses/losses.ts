import { mul, softplus, squaredDifference, sub, type Tensor2D } from '@tensorflow/tfjs-core'
import type { Reconstruction } from '../architectures/Network.js'
import type { LossName } from '../config/lossRows.js'

/**
 * Compares reconstructions with their targets, pixel by pixel: [batch, values of one example] each, and so is the result. The
 * reconstruction error of a batch is the mean over all of it, in the loss's own unit per pixel (nats for the cross-entropy).
 */
export type Loss = (targets: Tensor2D, reconstruction: Reconstruction) => Tensor2D

/** Reconstruction errors by name. */
export const lossFunctions: Readonly<Record<LossName, Loss>> = {
  /** (x − r)²: up to constants the negative log-likelihood of a Gaussian with mean r and fixed variance. */
  meanSquaredError: (targets, { values }) => squaredDifference(targets, values),

  /**
   * −x ln σ(l) − (1 − x) ln(1 − σ(l)) = softplus(l) − x·l, the negative log-likelihood of a Bernoulli whose logit l is the decoder's
   * output before its sigmoid. From logits it stays finite where σ(l) rounds to 0 or 1.
   */
  binaryCrossEntropy: (targets, { preActivations }) => sub(softplus(preActivations), mul(targets, preActivations)),
}
