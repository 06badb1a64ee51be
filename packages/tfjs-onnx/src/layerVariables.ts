import * as tf from '@tensorflow/tfjs-core'
import { CompileError } from './errors.js'

/** What is read of a weight of a layers model. */
export interface LayerWeight {
  /** Its name before a number was put behind it, as tfjs does for each further model of a process. */
  readonly originalName: string
  read(): tf.Tensor
}

/**
 * Lists the variables of a layers model by the names of its weights, `<layer>/<weight>`: of `model.weights` all that a state has to hold,
 * of `model.trainableWeights` those that an optimizer changes. Throws INVALID_STATE for a weight that is no variable and for a name that
 * occurs twice.
 */
export function layerVariables(weights: readonly LayerWeight[]): Record<string, tf.Variable> {
  const found: Record<string, tf.Variable> = {}
  for (const weight of weights) {
    const { originalName: name } = weight
    const variable = weight.read()
    if (!(variable instanceof tf.Variable)) throw invalid(name, 'a weight that is a tf.Variable', 'another tensor')
    if (Object.hasOwn(found, name)) throw invalid(name, 'names that differ', 'one that occurs twice')
    found[name] = variable
  }
  return found
}

function invalid(name: string, expected: string, got: string): CompileError {
  return new CompileError('INVALID_STATE', { subject: `weight ${name}`, expected, got })
}
