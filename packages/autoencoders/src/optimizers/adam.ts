import { add, div, expm1, mul, neg, type Scalar, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core'
import type { OptimizerConfig } from '../config/RunConfig.js'
import type { OptimizerRule } from './OptimizerRule.js'

/**
 * Adam, with m and v the running means of the gradient and its square:
 *
 *     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  c₁ = 1 − β₁ᵗ,  c₂ = 1 − β₂ᵗ
 *     θ ← θ − α (m / c₁) / (√(v / c₂) + ε) = θ − (α √c₂ / c₁) m / (√v + ε √c₂)
 *
 * The right-hand form is the one computed: it corrects two scalars instead of two tensors.
 * Source: Kingma & Ba 2015, algorithm 1 and the remark at the end of section 2.
 */
export const adam: OptimizerRule<Extract<OptimizerConfig, { kind: 'adam' }>, 'firstMoment' | 'secondMoment'> = {
  slots: () => ['firstMoment', 'secondMoment'],
  createUpdate({ learningRate, beta1, beta2, epsilon }, step) {
    const correction1 = biasCorrection(beta1, step)
    const correction2 = sqrt(biasCorrection(beta2, step))
    const rate = mul(div(correction2, correction1), learningRate)
    const floor = mul(correction2, epsilon)
    return (parameter, gradient, slots) => {
      const firstMoment = add(mul(slots.firstMoment, beta1), mul(gradient, 1 - beta1))
      const secondMoment = add(mul(slots.secondMoment, beta2), mul(square(gradient), 1 - beta2))
      const update = div(mul(firstMoment, rate), add(sqrt(secondMoment), floor))
      return { parameter: sub(parameter, update), slots: { firstMoment, secondMoment } }
    }
  },
}

/** Computes 1 − βᵗ as −expm1(t ln β), which keeps its digits for β next to 1, where float32 rounds βᵗ to 1. */
function biasCorrection(beta: number, step: Scalar): Tensor {
  return neg(expm1(mul(step, Math.log(beta))))
}
