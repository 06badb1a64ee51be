/** Averages the codes `[n, size]` of some rows; null for none. */
export function meanCode(codes: Float32Array, { size, rows }: { size: number; rows: readonly number[] }): Float32Array | null {
  if (rows.length === 0) return null
  const sum = new Float64Array(size)
  for (const row of rows) for (let at = 0; at < size; at++) sum[at] = (sum[at] as number) + (codes[row * size + at] as number)
  return Float32Array.from(sum, (value) => value / rows.length)
}

export interface MeanDifferenceOptions {
  readonly size: number
  /** Rows of the codes on whose mean the direction ends. */
  readonly to: readonly number[]
  /** Rows of the codes from whose mean it goes. */
  readonly from: readonly number[]
}

/** Finds the direction from the mean of some codes `[n, size]` to that of others, of length 1; null where either is of none, or they are the same. */
export function meanDifference(codes: Float32Array, { size, to, from }: MeanDifferenceOptions): Float32Array | null {
  const [end, start] = [meanCode(codes, { size, rows: to }), meanCode(codes, { size, rows: from })]
  if (end === null || start === null) return null
  const difference = end.map((value, at) => value - (start[at] as number))
  const length = Math.hypot(...difference)
  return length > 0 ? difference.map((value) => value / length) : null
}

/** Lists the rows of the codes of one class. */
export function rowsOfClass(labels: ArrayLike<number>, wanted: number): readonly number[] {
  return Array.from(labels).flatMap((label, row) => (label === wanted ? [row] : []))
}
