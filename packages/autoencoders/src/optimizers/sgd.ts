import { add, mul, sub } from '@tensorflow/tfjs-core'
import type { SgdConfig } from '../config/optimizers/sgd.js'
import type { OptimizerRule } from './OptimizerRule.js'

/**
 * Stochastic gradient descent with momentum μ: u ← μ u + g, θ ← θ − α u. Without momentum it keeps nothing: θ ← θ − α g.
 * Source: Polyak 1964; the form without dampening that TensorFlow and PyTorch share.
 */
export const sgd: OptimizerRule<SgdConfig, 'momentum'> = {
  slots: ({ momentum }) => (momentum > 0 ? ['momentum'] : []),
  createUpdate({ momentum }, { rate }) {
    return (parameter, gradient, { slots }) => {
      const direction = momentum > 0 ? add(mul(slots.momentum, momentum), gradient) : gradient
      return { parameter: sub(parameter, mul(direction, rate)), slots: { momentum: direction } }
    }
  },
}
