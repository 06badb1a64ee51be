import { grad, mul, square, sum, type Tensor1D, type Tensor2D } from '@tensorflow/tfjs-core'
import type { EngineModel } from '../inference/EngineModel.js'
import { requireSameLength } from './requireSameLength.js'

/** Computes Σ (∂fⱼ/∂xᵢ)² for each example of a batch. */
type SquaredNorms = (model: EngineModel, batch: Float32Array) => Promise<Float32Array | Float64Array>

/** Examples at a time, fewer where the Jacobians of a batch would take more than so many numbers. */
const BATCH = 250
const BATCH_VALUES = 2 ** 24

/**
 * Computes the mean over examples [n, size] of ‖∂f/∂x‖_F, the Frobenius norm of the encoder's Jacobian: how much the code answers to
 * small changes of the input, whatever their direction. It is exact for every architecture: in closed form where the network has one, else
 * by one vector-Jacobian product a code unit. Source: Rifai et al. 2011, equation 1 (there squared, as a penalty).
 */
export async function jacobianNorm(
  model: EngineModel,
  examples: Float32Array,
  squaredNorms: SquaredNorms = model.hasJacobianNorms ? closedSquaredNorms : productSquaredNorms,
): Promise<number> {
  const { exampleSize, latentDimension } = model
  requireSameLength('examples', examples, { other: examples, width: exampleSize })
  const count = examples.length / exampleSize
  const batchSize = Math.max(1, Math.min(BATCH, Math.floor(BATCH_VALUES / (latentDimension * Math.max(...model.layerWidths)))))
  let total = 0
  for (let start = 0; start < count; start += batchSize) {
    const batch = examples.slice(start * exampleSize, Math.min(start + batchSize, count) * exampleSize)
    for (const square of await squaredNorms(model, batch)) total += Math.sqrt(square)
  }
  return total / count
}

/** Counts the multiplications that one example takes, so that a caller can bound how many it asks for. */
export function jacobianWork({ layerWidths, latentDimension, multiplications, hasJacobianNorms }: EngineModel): number {
  if (!hasJacobianNorms) return 3 * latentDimension * multiplications
  const widths = layerWidths.slice(0, (layerWidths.length + 1) / 2)
  if (widths.length === 2) return multiplications
  const [, first = 0, ...others] = widths
  const products = others.reduce((sum, width, index) => sum + width * (widths[index + 1] ?? 0), first * first)
  return latentDimension * products
}

async function closedSquaredNorms(model: EngineModel, batch: Float32Array): Promise<Float32Array> {
  const shape = [batch.length / model.exampleSize, model.exampleSize]
  const compiled = await model.compile(
    ({ squaredJacobianNorms }, { examples }) => ({ squares: squaredJacobianNorms?.(examples as Tensor2D) as Tensor1D }),
    { examples: { shape, dtype: 'float32' } },
  )
  try {
    const { squares = new Float32Array() } = await compiled.run({ examples: batch })
    return squares
  } finally {
    await compiled.dispose()
  }
}

/** Works for every architecture: one backward pass a code unit, with the unit's one-hot vector as cotangent. */
export async function productSquaredNorms(model: EngineModel, batch: Float32Array): Promise<Float64Array> {
  const { exampleSize, latentDimension } = model
  const rows = batch.length / exampleSize
  const compiled = await model.compile(
    ({ encode }, { examples, unit }) => {
      const gradient = grad((x) => sum(mul(encode(x as Tensor2D), unit as Tensor2D)))(examples as Tensor2D) // [batch, size]
      return { squares: sum(square(gradient), 1) }
    },
    { examples: { shape: [rows, exampleSize], dtype: 'float32' }, unit: { shape: [1, latentDimension], dtype: 'float32' } },
  )
  try {
    const norms = new Float64Array(rows)
    for (let index = 0; index < latentDimension; index++) {
      const unit = new Float32Array(latentDimension)
      unit[index] = 1
      const { squares = new Float32Array() } = await compiled.run({ examples: batch, unit })
      for (const [row, value] of squares.entries()) norms[row] = (norms[row] as number) + value
    }
    return norms
  } finally {
    await compiled.dispose()
  }
}
