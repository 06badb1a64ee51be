import type { ExampleCodec } from '../compression/ExampleCodec.js'

export interface WienerFilterOptions {
  /** Principal components, as many as there are. */
  readonly basis: ExampleCodec
  /** Training examples [n, size]. */
  readonly clean: Float32Array
  /** The same, corrupted as what is filtered. */
  readonly corrupted: Float32Array
}

/**
 * Filters corrupted examples [n, size] by the best guess that is affine in each principal component alone, whatever corrupts them:
 *
 *     ẑⱼ = E[zⱼ] + Cov(zⱼ, z̃ⱼ) / Var(z̃ⱼ) · (z̃ⱼ − E[z̃ⱼ])
 *
 * with z of clean and z̃ of corrupted training examples. For noise that is independent of the examples and the same in all directions this is
 * the Wiener filter, which no affine filter beats. Source: Kay 1993, Fundamentals of Statistical Signal Processing, section 12.5.
 */
export async function fitWienerFilter({
  basis,
  clean,
  corrupted,
}: WienerFilterOptions): Promise<(examples: Float32Array) => Promise<Float32Array>> {
  const width = basis.latentDimension
  const targets = await basis.encode(clean)
  const seen = await basis.encode(corrupted)
  const targetMeans = columnMeans(targets, width)
  const seenMeans = columnMeans(seen, width)
  const covariances = new Float64Array(width)
  const variances = new Float64Array(width)
  for (let index = 0; index < seen.length; index++) {
    const column = index % width
    const deviation = (seen[index] as number) - (seenMeans[column] as number)
    variances[column] = (variances[column] as number) + deviation * deviation
    covariances[column] = (covariances[column] as number) + deviation * ((targets[index] as number) - (targetMeans[column] as number))
  }
  // Where nothing is seen to vary, the mean is all that can be said.
  const gains = covariances.map((covariance, column) => (variances[column] ? covariance / (variances[column] as number) : 0))
  return async (examples) => {
    const codes = await basis.encode(examples)
    const guesses = codes.map((value, index) => {
      const column = index % width
      return (targetMeans[column] as number) + (gains[column] as number) * (value - (seenMeans[column] as number))
    })
    return basis.decode(guesses)
  }
}

/** Means of the columns of values [n, width]. */
function columnMeans(values: Float32Array, width: number): Float64Array {
  const sums = new Float64Array(width)
  for (let index = 0; index < values.length; index++) sums[index % width] = (sums[index % width] as number) + (values[index] as number)
  return sums.map((sum) => (sum * width) / values.length)
}
