import fc from 'fast-check'
import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { expect, it } from 'vitest'
import { eigenvectorsOfSymmetric } from '../../src/pca/eigen/eigenvectorsOfSymmetric.js'

/** Checks orthonormal vectors, A v = λ v, and the values against ml-matrix, to 1e-12 of the largest entry times the size. */
function check(matrix: Matrix): void {
  const size = matrix.rows
  const { values, vectors } = eigenvectorsOfSymmetric(Float64Array.from(matrix.to1DArray()), size)
  const rows = Matrix.from1DArray(size, size, vectors)
  const tolerance = 1e-12 * size * Math.max(1, matrix.clone().abs().max())
  const largest = (difference: Matrix) => difference.abs().max()
  expect(largest(Matrix.sub(rows.mmul(rows.transpose()), Matrix.eye(size)))).toBeLessThan(1e-12 * size)
  expect(largest(Matrix.sub(rows.mmul(matrix), Matrix.diag([...values]).mmul(rows)))).toBeLessThan(tolerance)
  const expected = new EigenvalueDecomposition(matrix, { assumeSymmetric: true }).realEigenvalues.sort((a, b) => b - a)
  expected.forEach((value, index) => {
    expect(Math.abs(value - (values[index] ?? Number.NaN))).toBeLessThan(tolerance)
  })
}

const symmetric = (size: number, entry: (row: number, column: number) => number) =>
  new Matrix(Array.from({ length: size }, (_, row) => Array.from({ length: size }, (_, column) => entry(row, column) + entry(column, row))))

it('has the eigenvalues that ml-matrix has, and vectors that are theirs and orthonormal', () => {
  const entries = fc.integer({ min: 1, max: 9 }).chain((size) => {
    const value = fc.oneof(
      fc.integer({ min: -7000, max: 7000 }).map((sevenths) => sevenths / 7),
      fc.constantFrom(0, 1),
    )
    return fc.tuple(fc.constant(size), fc.array(value, { minLength: size * size, maxLength: size * size }))
  })
  fc.assert(
    fc.property(entries, ([size, values]) => check(symmetric(size, (row, column) => values[row * size + column] ?? 0))),
    { seed: 1, numRuns: 100 },
  )
})

it.each([
  ['of no rank', symmetric(7, () => 0)],
  ['of rank one', symmetric(30, (row, column) => Math.sin(row + 1) * Math.sin(column + 1))],
  ['whose values are all the same', Matrix.eye(13)],
  ['that is large', symmetric(61, (row, column) => Math.sin(row * row + 3 * column + 1))],
])('decomposes a matrix %s', (_, matrix) => check(matrix))
