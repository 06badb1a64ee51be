/** Rows of a matrix, as points. */
export interface Points {
  /** [count, width] */
  readonly values: Float32Array
  readonly width: number
  readonly count: number
}

/** Computes ‖x − c‖² of one point and the centre that begins at `begin` of `centres`. */
export function squaredDistance({ values, width }: Points, row: number, centres: Float64Array, begin = 0): number {
  const start = row * width
  let [even, odd] = [0, 0] // Two sums, so that one addition need not wait for the other.
  let index = 0
  for (; index + 1 < width; index += 2) {
    const one = (values[start + index] as number) - (centres[begin + index] as number)
    const other = (values[start + index + 1] as number) - (centres[begin + index + 1] as number)
    even += one * one
    odd += other * other
  }
  const last = index < width ? (values[start + index] as number) - (centres[begin + index] as number) : 0
  return even + odd + last * last
}
