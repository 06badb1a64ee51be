import { addN, div, maximum, mul, sqrt, square, sum, type Tensor } from '@tensorflow/tfjs-core'

/**
 * Shortens gradients to a norm that they have together at most: g ← g · c / max(c, √Σ ‖g‖²), all by the same factor, so that they point where they did.
 * Source: Pascanu, Mikolov & Bengio 2013, algorithm 1.
 */
export function clipGradients(gradients: Readonly<Record<string, Tensor>>, norm: number): Record<string, Tensor> {
  const together = sqrt(addN(Object.values(gradients).map((gradient) => sum(square(gradient)))))
  const factor = div(norm, maximum(together, norm))
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, mul(gradient, factor)]))
}
