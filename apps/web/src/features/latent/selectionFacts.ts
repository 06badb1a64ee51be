/** What the examples of a selection have in common, and how they differ. */
export interface SelectionImages {
  /** Mean of the images, `[values of one]`. */
  readonly mean: Float32Array
  /** Standard deviation of each pixel, scaled so that the largest is 1. */
  readonly spread: Float32Array
  /** The largest standard deviation of a pixel. */
  readonly largest: number
}

/** Averages examples `[n, size]` of some rows, at least one. */
export function describeImages(values: Float32Array, { size, rows }: { size: number; rows: readonly number[] }): SelectionImages {
  const [sum, squares] = [new Float64Array(size), new Float64Array(size)]
  for (const row of rows) {
    for (let at = 0; at < size; at++) sum[at] = (sum[at] as number) + (values[row * size + at] as number)
  }
  const mean = Float32Array.from(sum, (value) => value / rows.length)
  for (const row of rows) {
    for (let at = 0; at < size; at++)
      squares[at] = (squares[at] as number) + ((values[row * size + at] as number) - (mean[at] as number)) ** 2
  }
  const deviations = Float32Array.from(squares, (square) => Math.sqrt(square / rows.length))
  const largest = deviations.reduce((most, value) => Math.max(most, value), 0)
  return { mean, spread: deviations.map((value) => (largest > 0 ? value / largest : 0)), largest }
}

/** Counts the examples of each class among some rows, the most frequent first. */
export function countClasses(
  labels: ArrayLike<number>,
  rows: readonly number[],
): readonly { readonly label: number; readonly count: number }[] {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(labels[row] as number, (counts.get(labels[row] as number) ?? 0) + 1)
  return [...counts].map(([label, count]) => ({ label, count })).toSorted((a, b) => b.count - a.count || a.label - b.label)
}

/** Lists the rows of largest errors among some, the worst first. */
export function worstOf(errors: ArrayLike<number>, rows: readonly number[], wanted: number): readonly number[] {
  return rows.toSorted((a, b) => (errors[b] as number) - (errors[a] as number) || a - b).slice(0, wanted)
}
