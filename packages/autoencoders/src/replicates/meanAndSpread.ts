export interface MeanAndSpread {
  readonly mean: number
  /** Standard deviation of the sample, with n − 1; 0 for a single value. */
  readonly spread: number
  readonly count: number
}

/** Computes the mean and the standard deviation of a sample; null of nothing. */
export function meanAndSpread(values: readonly number[]): MeanAndSpread | null {
  if (values.length === 0) return null
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
  return { mean, spread: Math.sqrt(squares / Math.max(1, values.length - 1)), count: values.length }
}
