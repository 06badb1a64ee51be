import { add, type Scalar, type Tensor, tidy, type Variable, variable, zeros } from '@tensorflow/tfjs-core'
import { AutoencoderError } from '../AutoencoderError.js'
import type { MiniBatchOptimizerConfig } from '../config/RunConfig.js'
import { adam, adamw } from './adam.js'
import { clipGradients } from './clipGradients.js'
import type { OptimizerRule } from './OptimizerRule.js'
import { rmsprop } from './rmsprop.js'
import { scheduledRate, type TrainingLength } from './scheduledRate.js'
import { sgd } from './sgd.js'

export type NamedVariables = Readonly<Record<string, Variable>>

/** Optimizers by name. */
const optimizers: {
  readonly [Kind in MiniBatchOptimizerConfig['kind']]: OptimizerRule<Extract<MiniBatchOptimizerConfig, { kind: Kind }>>
} = {
  adam,
  adamw,
  sgd,
  rmsprop,
}

export interface Optimizer {
  /** Everything it remembers: `optimizer/step` and `optimizer/<slot>/<parameter>`. The caller disposes of them. */
  readonly variables: NamedVariables
  /** Assigns each parameter and its slots their next values, and counts the step. */
  applyGradients(gradients: Readonly<Record<string, Tensor>>): void
}

const STEP = 'optimizer/step'
/** Of a training without an end: only schedules ask for it. */
const ENDLESS: TrainingLength = { epochs: 1, stepsPerEpoch: 1 }

/**
 * Creates an optimizer of named parameters. It updates by assignment to variables alone, so one traced or eager call is one step. The
 * step is a float32 and stops at 2²⁴, where every bias correction has long been 1.
 */
export function createOptimizer(config: MiniBatchOptimizerConfig, parameters: NamedVariables, length = ENDLESS): Optimizer {
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  const rule = optimizers[config.kind] as OptimizerRule<MiniBatchOptimizerConfig>
  const slotNames = rule.slots(config)
  const step = newVariable([]) as Variable & Scalar
  const slots = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      Object.fromEntries(slotNames.map((slot) => [slot, newVariable(parameter.shape)])),
    ]),
  )
  const named = Object.entries(slots).flatMap(([parameter, own]) =>
    Object.entries(own).map(([slot, value]): [string, Variable] => [`optimizer/${slot}/${parameter}`, value]),
  )
  return {
    variables: { ...Object.fromEntries(named), [STEP]: step },
    applyGradients(computed) {
      step.assign(add(step, 1) as Scalar)
      const gradients = config.clipNorm === null ? computed : clipGradients(computed, config.clipNorm)
      const update = rule.createUpdate(config, { step, rate: scheduledRate(config, step, length) })
      for (const [name, parameter] of Object.entries(parameters)) {
        const gradient = gradients[name]
        const own = slots[name] ?? {}
        if (!gradient) throw new AutoencoderError('PARAMETERS_MISMATCH', `gradient of ${name}: expected a tensor, got none`)
        const next = update(parameter, gradient, { slots: own, isBias: parameter.rank === 1 })
        parameter.assign(next.parameter)
        for (const slot of slotNames) {
          const value = next.slots[slot]
          if (value) own[slot]?.assign(value)
        }
      }
    },
  }
}

function newVariable(shape: readonly number[]): Variable {
  return tidy(() => variable(zeros([...shape]), false))
}
