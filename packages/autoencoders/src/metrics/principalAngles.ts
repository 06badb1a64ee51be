import { Matrix, QrDecomposition, SingularValueDecomposition } from 'ml-matrix'

/**
 * Computes the principal angles in radians, ascending, between the spaces that the columns of two matrices [size, k] span. The cosines are
 * the singular values of Q₁ᵀQ₂ with orthonormal bases Q; angles below 45° come from the sines, the singular values of
 * (I − Q₁Q₁ᵀ) Q₂, since a cosine next to 1 has lost them. Columns must be linearly independent. Source: Björck & Golub 1973, section 3.
 */
export function principalAngles(first: Matrix, second: Matrix): number[] {
  const [wide, narrow] = first.columns >= second.columns ? [first, second] : [second, first]
  const a = orthonormalBasis(wide)
  const b = orthonormalBasis(narrow)
  const product = a.transpose().mmul(b)
  const cosines = singularValues(product)
  const sines = singularValues(Matrix.sub(b, a.mmul(product))).toReversed()
  return cosines.map((cosine, index) => (cosine * cosine < 0.5 ? Math.acos(cosine) : Math.asin(Math.min(1, sines[index] ?? 0))))
}

function orthonormalBasis(matrix: Matrix): Matrix {
  return new QrDecomposition(matrix).orthogonalMatrix
}

/** By falling size. */
function singularValues(matrix: Matrix): number[] {
  return new SingularValueDecomposition(matrix, { autoTranspose: true }).diagonal
}
