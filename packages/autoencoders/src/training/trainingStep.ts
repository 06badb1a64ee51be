import { mean, type Scalar, type Tensor, type Tensor2D, variableGrads } from '@tensorflow/tfjs-core'
import type { Network } from '../architectures/Network.js'
import type { TensorFunction } from '../engines/Engine.js'
import '../engines/registerGradients.js'
import type { Loss } from '../losses/losses.js'
import { lossFunctions } from '../losses/losses.js'
import type { NamedVariables, Optimizer } from '../optimizers/createOptimizer.js'

export interface TrainingStepParts {
  readonly network: Network
  readonly loss: Loss
  readonly parameters: NamedVariables
  readonly optimizer: Optimizer
}

/**
 * Defines one training step over `examples` [batch, values of one example]: loss, gradients, update. Returns the batch's mean `loss`
 * before the update.
 */
export function defineTrainingStep({ network, loss, parameters, optimizer }: TrainingStepParts): TensorFunction {
  const names = new Map(Object.entries(parameters).map(([name, variable]) => [variable.name, name]))
  return ({ examples }) => {
    const targets = examples as Tensor2D
    const { value, grads } = variableGrads(() => {
      const codes = network.encode(parameters, targets)
      return mean<Scalar>(loss(targets, network.decode(parameters, codes)))
    }, Object.values(parameters))
    optimizer.applyGradients(renameKeys(grads, names))
    return { loss: value }
  }
}

/**
 * Defines the evaluation of `examples` [batch, values of one example]: `codes` [batch, latent dimension], `reconstructions` like the
 * examples, and `losses` and `squaredErrors` [batch], each the mean over one example's values.
 */
export function defineEvaluation({ network, loss, parameters }: Omit<TrainingStepParts, 'optimizer'>): TensorFunction {
  return ({ examples }) => {
    const targets = examples as Tensor2D
    const codes = network.encode(parameters, targets)
    const reconstruction = network.decode(parameters, codes)
    return {
      codes,
      reconstructions: reconstruction.values,
      losses: mean(loss(targets, reconstruction), 1),
      squaredErrors: mean(lossFunctions.meanSquaredError(targets, reconstruction), 1),
    }
  }
}

function renameKeys(tensors: Record<string, Tensor>, names: ReadonlyMap<string, string>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [names.get(key) ?? key, tensor]))
}
