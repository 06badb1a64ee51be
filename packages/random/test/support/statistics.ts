export function mean(values: Float32Array | Float64Array): number {
  let sum = 0
  for (const value of values) sum += value
  return sum / values.length
}

export function variance(values: Float32Array | Float64Array): number {
  const center = mean(values)
  return mean(Float64Array.from(values, (value) => (value - center) ** 2))
}

/** Returns the largest distance between the empirical and the given cumulative distribution. */
export function kolmogorovSmirnov(values: Float32Array, cumulative: (x: number) => number): number {
  return values.toSorted().reduce((largest, value, i) => Math.max(largest, Math.abs(cumulative(value) - (i + 0.5) / values.length)), 0)
}
