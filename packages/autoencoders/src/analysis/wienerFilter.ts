import type { ExampleCodec } from '../compression/ExampleCodec.js'

export interface WienerFilterOptions {
  /** Principal components, as many as there are. */
  readonly basis: ExampleCodec
  /** Training examples [n, size]. */
  readonly clean: Float32Array
  /** The same, corrupted as what is filtered. */
  readonly corrupted: Float32Array
}

/** What is guessed of each component of a clean example from that of the corrupted one: ẑⱼ = gainⱼ z̃ⱼ + offsetⱼ. */
export interface WienerFilter {
  readonly gains: Float64Array
  readonly offsets: Float64Array
}

/**
 * Fits the best guess that is affine in each principal component alone, whatever corrupts examples:
 *
 *     ẑⱼ = E[zⱼ] + Cov(zⱼ, z̃ⱼ) / Var(z̃ⱼ) · (z̃ⱼ − E[z̃ⱼ])
 *
 * with z of clean and z̃ of corrupted training examples. For noise that is independent of the examples and the same in all directions this is
 * the Wiener filter, which no affine filter beats. Source: Kay 1993, Fundamentals of Statistical Signal Processing, section 12.5.
 */
export async function fitWienerFilter({ basis, clean, corrupted }: WienerFilterOptions): Promise<WienerFilter> {
  const width = basis.latentDimension
  const targets = await basis.encode(clean)
  const seen = await basis.encode(corrupted)
  const targetMeans = columnMeans(targets, width)
  const seenMeans = columnMeans(seen, width)
  const covariances = new Float64Array(width)
  const variances = new Float64Array(width)
  for (let begin = 0; begin < seen.length; begin += width) {
    for (let column = 0; column < width; column++) {
      const deviation = (seen[begin + column] as number) - (seenMeans[column] as number)
      const targetDeviation = (targets[begin + column] as number) - (targetMeans[column] as number)
      variances[column] = (variances[column] as number) + deviation * deviation
      covariances[column] = (covariances[column] as number) + deviation * targetDeviation
    }
  }
  // Where nothing is seen to vary, the mean is all that can be said.
  const gains = covariances.map((covariance, column) => (variances[column] ? covariance / (variances[column] as number) : 0))
  return { gains, offsets: gains.map((gain, column) => (targetMeans[column] as number) - gain * (seenMeans[column] as number)) }
}

/** Means of the columns of values [n, width]. */
function columnMeans(values: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width)
  for (let begin = 0; begin < values.length; begin += width) {
    for (let column = 0; column < width; column++) sums[column] = (sums[column] as number) + (values[begin + column] as number)
  }
  return sums.map((sum) => (sum * width) / values.length)
}
