import { grad, mul, sum, type Tensor2D } from '@tensorflow/tfjs-core'
import { EigenvalueDecomposition, Matrix, SingularValueDecomposition } from 'ml-matrix'
import type { EngineModel } from '../inference/EngineModel.js'
import { innerProduct } from '../optimizers/lbfgs/innerProduct.js'
import { gramOfColumns, gramOfRows } from './gram.js'
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
  return (await decoderJacobians(model, codes)).map(
    (values) => leadingDirections(values, latentDimension) ?? allDirections(Matrix.from1DArray(exampleSize, latentDimension, values)),
  )
}

/** Below this share of the largest, the root of an eigenvalue is less exact than a singular value in single precision. */
const DISTINCT = 1e-4

/**
 * Finds the directions of a Jacobian [size, units] from the eigenvectors of the smaller of J Jᵀ and JᵀJ, of the latter as J v / σ, in a tenth of the time
 * that its singular value decomposition takes; undefined where some direction hardly moves, which would be nothing but rounding.
 */
function leadingDirections(jacobian: Float32Array, units: number): TangentDirections | undefined {
  const size = jacobian.length / units
  const isWide = size <= units
  const gram = isWide ? gramOfRows(jacobian, units) : gramOfColumns(jacobian, units)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gram, { assumeSymmetric: true })
  const falling = [...realEigenvalues.keys()].toSorted((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
  const singularValues = Float64Array.from(falling, (place) => Math.sqrt(Math.max(0, realEigenvalues[place] ?? 0)))
  if (!((singularValues.at(-1) ?? 0) > DISTINCT * (singularValues[0] ?? 0))) return undefined
  const directions = new Float32Array(falling.length * size)
  for (const [index, place] of falling.entries()) {
    const vector = eigenvectorMatrix.getColumn(place)
    const weights = Float64Array.from(vector, (weight) => weight / (singularValues[index] as number))
    const moved = (row: number) => innerProduct(weights, jacobian.subarray(row * units, (row + 1) * units))
    directions.set(pointed(isWide ? vector : Array.from({ length: size }, (_, row) => moved(row))), index * size)
  }
  return { singularValues, directions }
}

/** Finds the directions of any Jacobian. */
function allDirections(jacobian: Matrix): TangentDirections {
  const { rows: size, columns } = jacobian
  const count = Math.min(size, columns)
  const { diagonal, leftSingularVectors } = new SingularValueDecomposition(jacobian, { autoTranspose: true })
  const directions = new Float32Array(count * size)
  for (let index = 0; index < count; index++) directions.set(pointed(leftSingularVectors.getColumn(index)), index * size)
  return { singularValues: Float64Array.from(diagonal.slice(0, count)), directions }
}

/**
 * Computes ∂g/∂z at each of some codes [n, latent dimension], [size, latent dimension] each, exactly and in one run a code: a batch of as
 * many copies of the code as the example has values, each with the one-hot vector of its own value as cotangent. Rows of a batch do not
 * depend on each other.
 */
export async function decoderJacobians(model: EngineModel, codes: Float32Array): Promise<Float32Array[]> {
  const { exampleSize, latentDimension } = model
  requireSameLength('codes', codes, { other: codes, width: latentDimension })
  const compiled = await model.compileOnce(
    'decoderJacobian',
    ({ decode }, { copies, cotangents }) => ({
      jacobian: grad((z) => sum(mul(decode(z as Tensor2D).values, cotangents as Tensor2D)))(copies as Tensor2D),
    }),
    {
      copies: { shape: [exampleSize, latentDimension], dtype: 'float32' },
      cotangents: { shape: [exampleSize, exampleSize], dtype: 'float32' },
    },
  )
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
}

/** Turns a direction so that its largest component is positive: the sign of a singular vector means nothing. */
function pointed(direction: readonly number[]): number[] {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  return largest < 0 ? direction.map((value) => -value) : [...direction]
}
