import { Matrix } from 'ml-matrix'
import { innerProduct } from '../optimizers/lbfgs/innerProduct.js'

/** Multiplies J [rows, width] by its transpose: J Jᵀ, [rows, rows], of sums in double precision. */
export function gramOfRows(values: Float32Array, width: number): Matrix {
  const count = values.length / width
  const rows = Array.from({ length: count }, (_, row) => Float64Array.from(values.subarray(row * width, (row + 1) * width)))
  const gram = Matrix.zeros(count, count)
  for (const [row, left] of rows.entries()) {
    for (let other = 0; other <= row; other++) {
      const total = innerProduct(left, rows[other] as Float64Array)
      gram.set(row, other, total)
      gram.set(other, row, total)
    }
  }
  return gram
}

/** Multiplies the transpose of J [rows, width] by J: Jᵀ J, [width, width]. */
export function gramOfColumns(values: Float32Array, width: number): Matrix {
  const count = values.length / width
  const turned = new Float32Array(values.length)
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < width; column++) turned[column * count + row] = values[row * width + column] as number
  }
  return gramOfRows(turned, count)
}
