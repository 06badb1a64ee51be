/** The values of one dimension of codes. */
export interface CodeColumn {
  /** [n] */
  readonly values: Float32Array
  readonly mean: number
}

/** Takes codes [n, width] apart by dimension. */
export function codeColumns(codes: Float32Array, width: number): readonly CodeColumn[] {
  const count = codes.length / width
  return Array.from({ length: width }, (_, dimension) => {
    const values = new Float32Array(count)
    let sum = 0
    for (let row = 0; row < count; row++) {
      const value = codes[row * width + dimension] as number
      values[row] = value
      sum += value
    }
    return { values, mean: sum / count }
  })
}
