import { createRandom } from '@hourglass/datasets'
import { EigenvalueDecomposition, Matrix, QrDecomposition } from 'ml-matrix'
import { AutoencoderError } from '../AutoencoderError.js'

export interface PrincipalDirections {
  /** Mean of the codes, `[size]`. */
  readonly mean: Float32Array
  /** Orthonormal directions of falling variance, `[count, size]`, row-major; the coordinate of largest magnitude of each is positive. */
  readonly directions: Float32Array
  readonly count: number
}

/** Codes of up to this many units have their whole covariance decomposed. */
const MOST_EXACT = 128
/** Directions that are looked for besides those wanted: they make the wanted ones converge fast. */
const SPARE = 8
const MOST_ITERATIONS = 12
/** Iterations end once no length along the basis changes by more than this share: directions converge half as fast as lengths. */
const SETTLED = 1e-9

/**
 * Finds the directions along which codes `[n, size]` vary most: the eigenvectors of their covariance, at most `wanted` and fewer than n. For more
 * than 128 units only those of the subspace that block power iteration finds (Halko, Martinsson & Tropp 2011, algorithm 4.4), which takes
 * no more memory than the codes. Throws WRONG_LENGTH unless the codes are whole rows.
 */
export function principalDirections(codes: Float32Array, { size, wanted }: { size: number; wanted: number }): PrincipalDirections {
  const rows = codes.length / size
  if (!Number.isInteger(rows) || rows < 1) {
    throw new AutoencoderError('WRONG_LENGTH', `codes: expected whole rows of ${size} values, at least one, got ${codes.length} values`)
  }
  const count = Math.min(wanted, size, Math.max(1, rows - 1))
  const centred = Matrix.from1DArray(rows, size, codes)
  const mean = centred.mean('column')
  centred.subRowVector(mean)
  // [size, block]; null for all of the space.
  const basis = size <= MOST_EXACT ? null : leadingSubspace(centred, Math.min(size, count + SPARE))
  const within = basis ? centred.mmul(basis) : centred // [n, block]
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(within.transpose().mmul(within), { assumeSymmetric: true })
  const falling = Array.from(realEigenvalues.keys()).toSorted((a, b) => (realEigenvalues[b] ?? 0) - (realEigenvalues[a] ?? 0))
  const directions = new Float32Array(count * size)
  for (const [row, column] of falling.slice(0, count).entries()) {
    const vector = eigenvectorMatrix.getColumnVector(column)
    const direction = (basis ? basis.mmul(vector) : vector).to1DArray()
    const sign = signOf(direction)
    for (const [at, value] of direction.entries()) directions[row * size + at] = sign * value
  }
  return { mean: Float32Array.from(mean), directions, count }
}

/** Finds an orthonormal basis `[size, block]` of nearly the space in which centred rows `[n, size]` vary most. */
function leadingSubspace(centred: Matrix, block: number): Matrix {
  const random = createRandom(1, 'latent/directions')
  const start = Matrix.from1DArray(
    centred.columns,
    block,
    Array.from({ length: centred.columns * block }, (_, index) => random.normal(index)),
  )
  const back = centred.transpose()
  let found = orthonormalize(start)
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    const next = orthonormalize(back.mmul(centred.mmul(found.basis)))
    const isSettled = next.lengths.every((length, at) => Math.abs(length - (found.lengths[at] ?? 0)) <= SETTLED * length)
    found = next
    if (isSettled) break
  }
  return found.basis
}

function orthonormalize(columns: Matrix): { readonly basis: Matrix; readonly lengths: readonly number[] } {
  const { orthogonalMatrix, upperTriangularMatrix } = new QrDecomposition(columns)
  return { basis: orthogonalMatrix, lengths: upperTriangularMatrix.diagonal().map(Math.abs) }
}

/** An eigenvector has no sign of its own: that of its coordinate of largest magnitude makes it the same on every machine. */
function signOf(direction: readonly number[]): 1 | -1 {
  const largest = direction.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
  return largest < 0 ? -1 : 1
}
