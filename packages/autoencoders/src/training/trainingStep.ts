import { add, clipByValue, mean, type Scalar, square, sub, type Tensor, type Tensor2D, variableGrads } from '@tensorflow/tfjs-core'
import type { TensorFunction } from '../engines/Engine.js'
import '../engines/registerGradients.js'
import { lossFunctions } from '../losses/losses.js'
import { type Batch, computeObjective, type Objective } from '../objective/computeObjective.js'
import type { NamedVariables, Optimizer } from '../optimizers/createOptimizer.js'

export interface GradientParts {
  readonly objective: Objective
  /** Every parameter that is trained. */
  readonly parameters: NamedVariables
}

export interface TrainingStepParts extends GradientParts {
  readonly optimizer: Optimizer
}

/**
 * Defines one training step over a batch: objective, gradients, update. Takes `examples` [batch, values of one example], and where there are
 * such `corrupted` of the same shape and `noise` [batch, latent dimension]. Returns the batch's `loss`, the whole objective, before the update.
 */
export function defineTrainingStep({ objective, parameters, optimizer }: TrainingStepParts): TensorFunction {
  const computeGradients = defineGradients({ objective, parameters })
  return (inputs) => {
    const { loss, gradients } = computeGradients(inputs)
    optimizer.applyGradients(gradients)
    return { loss }
  }
}

/** Defines the objective of a batch and its gradient by every parameter, by name. */
export function defineGradients({ objective, parameters }: GradientParts) {
  const names = new Map(Object.entries(parameters).map(([name, variable]) => [variable.name, name]))
  return (inputs: Readonly<Record<string, Tensor>>): { readonly loss: Scalar; readonly gradients: Record<string, Tensor> } => {
    const { value, grads } = variableGrads(() => {
      const { losses, penalty } = computeObjective(objective, parameters, toBatch(inputs))
      const error = mean<Scalar>(losses)
      return penalty ? (add(error, penalty) as Scalar) : error
    }, Object.values(parameters))
    return { loss: value, gradients: renameKeys(grads, names) }
  }
}

/**
 * Defines the evaluation of a batch, which it takes as the training step does: `codes` [batch, latent dimension] of the examples themselves,
 * `reconstructions` of what the encoder sees, like the examples, `losses`, `squaredErrors` and `clippedSquaredErrors` [batch], each the mean over one example's
 * values, the last with reconstructions clipped to 0…1, and where there are such the `penalty` [] and the `divergences` [latent dimension] of the objective. Reconstructions and squared errors are
 * of the mean code where the encoder is variational; the losses are of a drawn one, as in training.
 */
export function defineEvaluation({ objective, parameters }: GradientParts): TensorFunction {
  const { network } = objective
  return (inputs) => {
    const batch = toBatch(inputs)
    const { losses, penalty, divergences } = computeObjective(objective, parameters, batch)
    const codes = network.encode(parameters, batch.targets)
    const seen = batch.inputs === batch.targets ? codes : network.encode(parameters, batch.inputs)
    const reconstruction = network.decode(parameters, seen)
    return {
      codes,
      reconstructions: reconstruction.values,
      losses,
      squaredErrors: mean(lossFunctions.meanSquaredError(batch.targets, reconstruction), 1),
      clippedSquaredErrors: mean(square(sub(batch.targets, clipByValue(reconstruction.values, 0, 1))), 1),
      ...(penalty ? { penalty } : {}),
      ...(divergences ? { divergences } : {}),
    }
  }
}

function toBatch({ examples, corrupted, noise }: Readonly<Record<string, Tensor>>): Batch {
  const targets = examples as Tensor2D
  return { targets, inputs: (corrupted ?? targets) as Tensor2D, noise: noise as Tensor2D | undefined }
}

function renameKeys(tensors: Record<string, Tensor>, names: ReadonlyMap<string, string>): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([key, tensor]) => [names.get(key) ?? key, tensor]))
}
