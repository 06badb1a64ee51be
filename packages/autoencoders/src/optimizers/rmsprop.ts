import { add, div, mul, sqrt, square, sub } from '@tensorflow/tfjs-core'
import type { RmspropConfig } from '../config/optimizers/rmsprop.js'
import type { OptimizerRule } from './OptimizerRule.js'

/**
 * RMSProp with decay ρ and momentum μ: v ← ρ v + (1 − ρ) g², u ← μ u + α g / √(v + ε), θ ← θ − u.
 * Source: Hinton 2012, lecture 6e of Neural Networks for Machine Learning; ε under the root as in TensorFlow.
 */
export const rmsprop: OptimizerRule<RmspropConfig, 'meanSquare' | 'momentum'> = {
  slots: ({ momentum }) => (momentum > 0 ? ['meanSquare', 'momentum'] : ['meanSquare']),
  createUpdate({ decay, momentum, epsilon }, { rate }) {
    return (parameter, gradient, { slots }) => {
      const meanSquare = add(mul(slots.meanSquare, decay), mul(square(gradient), 1 - decay))
      const scaled = mul(div(gradient, sqrt(add(meanSquare, epsilon))), rate)
      const update = momentum > 0 ? add(mul(slots.momentum, momentum), scaled) : scaled
      return { parameter: sub(parameter, update), slots: { meanSquare, momentum: update } }
    }
  },
}
