import { diagonalize } from './diagonalize.js'
import { tridiagonalize } from './tridiagonalize.js'

export interface Eigenvectors {
  /** By falling size, [size]. */
  readonly values: Float64Array
  /** Orthonormal, in the order of the values, [size][size], row-major. */
  readonly vectors: Float64Array
}

/** Computes all eigenvalues and eigenvectors of a symmetric matrix [size][size]; takes about a second where size is 784. */
export function eigenvectorsOfSymmetric(matrix: Float64Array, size: number): Eigenvectors {
  const tridiagonal = tridiagonalize(matrix, size)
  const columns = diagonalize(tridiagonal)
  const values = tridiagonal.diagonal
  const falling = Array.from(values.keys()).sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0))
  const vectors = new Float64Array(size * size)
  falling.forEach((column, rank) => {
    for (let row = 0; row < size; row++) vectors[rank * size + row] = columns[row * size + column] ?? 0
  })
  return { values: Float64Array.from(falling, (column) => values[column] ?? 0), vectors }
}
