import { grad, mul, sum, type Tensor2D } from '@tensorflow/tfjs-core'
import { Matrix, SingularValueDecomposition } from 'ml-matrix'
import type { EngineModel } from '../inference/EngineModel.js'
import { requireSameLength } from './requireSameLength.js'

export interface TangentDirections {
  /** How far the reconstruction moves along each direction for a unit step of the code, falling, [directions]. */
  readonly singularValues: Float64Array
  /** Orthonormal directions in the space of examples, [directions, values of one example]; the largest component of each is positive. */
  readonly directions: Float32Array
}

/**
 * Computes the tangent space of the decoder's surface at each of some codes [n, latent dimension]: the left singular vectors of ∂g/∂z,
 * [size, latent dimension]. They span the directions in which the model lets an example vary there. As many as the code or the example has
 * values, whichever is fewer.
 */
export async function tangentDirections(model: EngineModel, codes: Float32Array): Promise<TangentDirections[]> {
  const { exampleSize, latentDimension } = model
  const count = Math.min(exampleSize, latentDimension)
  return (await decoderJacobians(model, codes)).map((values) => {
    const jacobian = Matrix.from1DArray(exampleSize, latentDimension, values)
    const { diagonal, leftSingularVectors } = new SingularValueDecomposition(jacobian, { autoTranspose: true })
    const directions = new Float32Array(count * exampleSize)
    for (let index = 0; index < count; index++) directions.set(pointed(leftSingularVectors.getColumn(index)), index * exampleSize)
    return { singularValues: Float64Array.from(diagonal.slice(0, count)), directions }
  })
}

/**
 * Computes ∂g/∂z at each of some codes [n, latent dimension], [size, latent dimension] each, exactly and in one run a code: a batch of as
 * many copies of the code as the example has values, each with the one-hot vector of its own value as cotangent. Rows of a batch do not
 * depend on each other.
 */
export async function decoderJacobians(model: EngineModel, codes: Float32Array): Promise<Float32Array[]> {
  const { exampleSize, latentDimension } = model
  requireSameLength('codes', codes, { other: codes, width: latentDimension })
  const compiled = await model.compile(
    ({ decode }, { copies, cotangents }) => ({
      jacobian: grad((z) => sum(mul(decode(z as Tensor2D).values, cotangents as Tensor2D)))(copies as Tensor2D),
    }),
    {
      copies: { shape: [exampleSize, latentDimension], dtype: 'float32' },
      cotangents: { shape: [exampleSize, exampleSize], dtype: 'float32' },
    },
  )
  try {
    const cotangents = new Float32Array(exampleSize * exampleSize)
    for (let row = 0; row < exampleSize; row++) cotangents[row * exampleSize + row] = 1
    const jacobians: Float32Array[] = []
    for (let begin = 0; begin < codes.length; begin += latentDimension) {
      const copies = new Float32Array(exampleSize * latentDimension)
      for (let row = 0; row < exampleSize; row++) copies.set(codes.subarray(begin, begin + latentDimension), row * latentDimension)
      const { jacobian = new Float32Array() } = await compiled.run({ copies, cotangents })
      jacobians.push(jacobian)
    }
    return jacobians
  } finally {
    await compiled.dispose()
  }
}

/** Turns a direction so that its largest component is positive: the sign of a singular vector means nothing. */
function pointed(direction: readonly number[]): number[] {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  return largest < 0 ? direction.map((value) => -value) : [...direction]
}
