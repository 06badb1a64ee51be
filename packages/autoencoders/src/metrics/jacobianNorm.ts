import { grad, mul, square, sum, type Tensor2D } from '@tensorflow/tfjs-core'
import type { EngineModel } from '../inference/EngineModel.js'
import { requireSameLength } from './requireSameLength.js'

const BATCH = 250

/**
 * Computes the mean over examples [n, size] of ‖∂f/∂x‖_F, the Frobenius norm of the encoder's Jacobian: how much the code answers to
 * small changes of the input, whatever their direction. It is exact for every architecture: one vector-Jacobian product a code unit, so it
 * costs a backward pass for each. Source: Rifai et al. 2011, equation 1 (there squared, as a penalty).
 */
export async function jacobianNorm(model: EngineModel, examples: Float32Array): Promise<number> {
  const { exampleSize } = model
  requireSameLength('examples', examples, { other: examples, width: exampleSize })
  const count = examples.length / exampleSize
  let total = 0
  for (let start = 0; start < count; start += BATCH) {
    const batch = examples.slice(start * exampleSize, Math.min(start + BATCH, count) * exampleSize)
    const squares = await squaredNorms(model, batch)
    total += squares.reduce((sum, square) => sum + Math.sqrt(square), 0)
  }
  return total / count
}

/** Computes Σ (∂fⱼ/∂xᵢ)² for each example of a batch. */
async function squaredNorms(model: EngineModel, batch: Float32Array): Promise<Float64Array> {
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
