import { add, div, expm1, mul, neg, type Scalar, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core'
import type { AdamConfig } from '../config/optimizers/adam.js'
import type { AdamwConfig } from '../config/optimizers/adamw.js'
import type { OptimizerRule, OptimizerStep } from './OptimizerRule.js'

type Slot = 'firstMoment' | 'secondMoment'

const slots = (): readonly Slot[] => ['firstMoment', 'secondMoment']

/**
 * Adam, with m and v the running means of the gradient and its square:
 *
 *     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  c₁ = 1 − β₁ᵗ,  c₂ = 1 − β₂ᵗ
 *     θ ← θ − α (m / c₁) / (√(v / c₂) + ε) = θ − (α √c₂ / c₁) m / (√v + ε √c₂)
 *
 * The right-hand form is the one computed: it corrects two scalars instead of two tensors.
 * Source: Kingma & Ba 2015, algorithm 1 and the remark at the end of section 2.
 */
export const adam: OptimizerRule<AdamConfig, Slot> = {
  slots,
  createUpdate(config, at) {
    const moments = adamStep(config, at)
    return (parameter, gradient, { slots }) => {
      const { update, ...next } = moments(gradient, slots)
      return { parameter: sub(parameter, update), slots: next }
    }
  },
}

/**
 * AdamW: as Adam, and weights, not biases, shrink by themselves, θ ← (1 − α λ) θ − α (m / c₁) / (√(v / c₂) + ε), so that how much they shrink does not
 * depend on how large their gradients are. Source: Loshchilov & Hutter 2019, algorithm 2, with α in both places as PyTorch has it.
 */
export const adamw: OptimizerRule<AdamwConfig, Slot> = {
  slots,
  createUpdate(config, at) {
    const moments = adamStep(config, at)
    const kept = typeof at.rate === 'number' ? 1 - at.rate * config.weightDecay : sub(1, mul(at.rate, config.weightDecay))
    return (parameter, gradient, { slots, isBias }) => {
      const { update, ...next } = moments(gradient, slots)
      return { parameter: sub(isBias ? parameter : mul(parameter, kept), update), slots: next }
    }
  },
}

function adamStep({ beta1, beta2, epsilon }: Pick<AdamConfig, 'beta1' | 'beta2' | 'epsilon'>, { step, rate }: OptimizerStep) {
  const correction1 = biasCorrection(beta1, step)
  const correction2 = sqrt(biasCorrection(beta2, step))
  const corrected = mul(div(correction2, correction1), rate)
  const floor = mul(correction2, epsilon)
  return (gradient: Tensor, slots: Readonly<Record<Slot, Tensor>>) => {
    const firstMoment = add(mul(slots.firstMoment, beta1), mul(gradient, 1 - beta1))
    const secondMoment = add(mul(slots.secondMoment, beta2), mul(square(gradient), 1 - beta2))
    return { update: div(mul(firstMoment, corrected), add(sqrt(secondMoment), floor)), firstMoment, secondMoment }
  }
}

/** Computes 1 − βᵗ as −expm1(t ln β), which keeps its digits for β next to 1, where float32 rounds βᵗ to 1. */
function biasCorrection(beta: number, step: Scalar): Tensor {
  return neg(expm1(mul(step, Math.log(beta))))
}
