import { grad, mul, square, sum, type Tensor2D } from '@tensorflow/tfjs-core'
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import type { EngineModel } from '../inference/EngineModel.js'
import { gramOfColumns, gramOfRows } from './gram.js'
import { requireSameLength } from './requireSameLength.js'
import { decoderJacobians } from './tangentDirections.js'

export interface JacobianSpectra {
  /** Mean over examples of the singular values of ∂f/∂x, falling, [latent dimension, or fewer where an example has fewer values]. */
  readonly encoder: Float64Array
  /** The same of ∂r/∂x, of the whole reconstruction. */
  readonly reconstruction: Float64Array
  /** Mean over examples of ‖∂r/∂x‖_F. */
  readonly reconstructionNorm: number
}

/**
 * Computes how the code, and the reconstruction r = g(f(x)), answer to small changes of examples [n, size], direction by direction: the singular
 * values of ∂f/∂x and of ∂r/∂x = ∂g/∂z ∂f/∂x, exactly.
 */
export async function jacobianSpectra(model: EngineModel, examples: Float32Array): Promise<JacobianSpectra> {
  const { exampleSize, latentDimension } = model
  requireSameLength('examples', examples, { other: examples, width: exampleSize })
  const count = examples.length / exampleSize
  const encoders = await encoderJacobians(model, examples)
  const decoders = await decoderJacobians(model, await model.encode(examples))
  const spectraOf = exampleSize < latentDimension ? spectraOfExamples : spectraOfCodes
  const kept = Math.min(latentDimension, exampleSize)
  const sums = { encoder: new Float64Array(kept), reconstruction: new Float64Array(kept), norm: 0 }
  for (const [index, encoder] of encoders.entries()) {
    const found = spectraOf(encoder, decoders[index] ?? new Float32Array(), { exampleSize, latentDimension })
    addFalling(sums.encoder, found.encoder)
    addFalling(sums.reconstruction, found.reconstruction)
    sums.norm += found.norm
  }
  const mean = (values: Float64Array) => values.map((value) => value / count)
  return { encoder: mean(sums.encoder), reconstruction: mean(sums.reconstruction), reconstructionNorm: sums.norm / count }
}

type Sizes = Pick<EngineModel, 'exampleSize' | 'latentDimension'>

/** Of one example, from ∂f/∂x and ∂g/∂z; singular values in any order. */
interface ExampleSpectra {
  readonly encoder: readonly number[]
  readonly reconstruction: readonly number[]
  /** ‖∂r/∂x‖_F */
  readonly norm: number
}

/**
 * With k units only k × k matrices are decomposed:
 *
 *     σ²(∂f/∂x) = λ(B),   σ²(∂r/∂x) = λ(B^½ A B^½),   B = ∂f/∂x (∂f/∂x)ᵀ,   A = (∂g/∂z)ᵀ ∂g/∂z
 */
function spectraOfCodes(encoder: Float32Array, decoder: Float32Array, { exampleSize, latentDimension }: Sizes): ExampleSpectra {
  const ofDecoder = gramOfColumns(decoder, latentDimension)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(gramOfRows(encoder, exampleSize), { assumeSymmetric: true })
  const lengths = roots(realEigenvalues)
  // V Λ^½ in place of the root V Λ^½ Vᵀ: turning a matrix changes none of its eigenvalues.
  const root = eigenvectorMatrix.clone().mulRowVector(lengths)
  const both = root.transpose().mmul(ofDecoder.mmul(root))
  const squares = new EigenvalueDecomposition(both, { assumeSymmetric: true }).realEigenvalues
  return { encoder: lengths, reconstruction: roots(squares), norm: Math.sqrt(Math.max(0, both.trace())) }
}

/** Of examples that have fewer values than their codes, all that is decomposed is as small as an example: (∂f/∂x)ᵀ ∂f/∂x, and ∂r/∂x itself. */
function spectraOfExamples(encoder: Float32Array, decoder: Float32Array, { exampleSize, latentDimension }: Sizes): ExampleSpectra {
  const whole = Matrix.from1DArray(exampleSize, latentDimension, decoder).mmul(Matrix.from1DArray(latentDimension, exampleSize, encoder))
  const singularValues = (gram: Matrix) => roots(new EigenvalueDecomposition(gram, { assumeSymmetric: true }).realEigenvalues)
  return {
    encoder: singularValues(gramOfColumns(encoder, exampleSize)),
    reconstruction: singularValues(whole.transpose().mmul(whole)),
    norm: whole.norm(),
  }
}

/** Roots of eigenvalues, of which rounding leaves some that should be 0 below it. */
const roots = (values: readonly number[]) => values.map((value) => Math.sqrt(Math.max(0, value)))

/**
 * Computes the mean over examples [n, size] of ‖∂r/∂x‖_F, exactly, for codes of any length: one run an example, of a batch of as many copies of it as
 * it has values, each with the one-hot vector of its own value as cotangent.
 */
export async function reconstructionJacobianNorm(model: EngineModel, examples: Float32Array): Promise<number> {
  const { exampleSize } = model
  requireSameLength('examples', examples, { other: examples, width: exampleSize })
  const compiled = await model.compile(
    ({ encode, decode }, { copies, cotangents }) => {
      const reconstruct = (x: Tensor2D) => decode(encode(x)).values
      const rows = grad((x) => sum(mul(reconstruct(x as Tensor2D), cotangents as Tensor2D)))(copies as Tensor2D)
      return { squares: sum(square(rows), 1) }
    },
    {
      copies: { shape: [exampleSize, exampleSize], dtype: 'float32' },
      cotangents: { shape: [exampleSize, exampleSize], dtype: 'float32' },
    },
  )
  try {
    let total = 0
    for (let begin = 0; begin < examples.length; begin += exampleSize) {
      const copies = repeat(examples.subarray(begin, begin + exampleSize), exampleSize)
      const { squares = new Float32Array() } = await compiled.run({ copies, cotangents: identity(exampleSize) })
      total += Math.sqrt(squares.reduce((all, value) => all + value, 0))
    }
    return (total * exampleSize) / examples.length
  } finally {
    await compiled.dispose()
  }
}

/** Computes ∂f/∂x at each of some examples, [latent dimension, size] each. */
async function encoderJacobians(model: EngineModel, examples: Float32Array): Promise<Float32Array[]> {
  const { exampleSize, latentDimension } = model
  const compiled = await model.compile(
    ({ encode }, { copies, cotangents }) => ({
      jacobian: grad((x) => sum(mul(encode(x as Tensor2D), cotangents as Tensor2D)))(copies as Tensor2D),
    }),
    {
      copies: { shape: [latentDimension, exampleSize], dtype: 'float32' },
      cotangents: { shape: [latentDimension, latentDimension], dtype: 'float32' },
    },
  )
  try {
    const jacobians: Float32Array[] = []
    for (let begin = 0; begin < examples.length; begin += exampleSize) {
      const copies = repeat(examples.subarray(begin, begin + exampleSize), latentDimension)
      const { jacobian = new Float32Array() } = await compiled.run({ copies, cotangents: identity(latentDimension) })
      jacobians.push(jacobian)
    }
    return jacobians
  } finally {
    await compiled.dispose()
  }
}

function repeat(row: Float32Array, count: number): Float32Array {
  const rows = new Float32Array(count * row.length)
  for (let index = 0; index < count; index++) rows.set(row, index * row.length)
  return rows
}

function identity(size: number): Float32Array {
  const values = new Float32Array(size * size)
  for (let row = 0; row < size; row++) values[row * size + row] = 1
  return values
}

/** Adds values, the largest to the first sum; as many as there are sums. */
function addFalling(sums: Float64Array, values: readonly number[]): void {
  const falling = values.toSorted((a, b) => b - a)
  for (const index of sums.keys()) sums[index] = (sums[index] as number) + (falling[index] ?? 0)
}
