/** Spread under which a feature counts as constant: what is left is float32's rounding. */
const CONSTANT = 1e-6

/** Shifts and scales features to mean 0 and standard deviation 1 on the examples it was made from; constant features become 0. */
export class Standardization {
  readonly #means: Float64Array
  readonly #scales: Float64Array

  /** Takes features [n, width]. */
  constructor(
    features: Float32Array,
    private readonly width: number,
  ) {
    const count = features.length / width
    const means = new Float64Array(width)
    features.forEach((value, index) => {
      means[index % width] = (means[index % width] as number) + value / count
    })
    const variances = new Float64Array(width)
    features.forEach((value, index) => {
      variances[index % width] = (variances[index % width] as number) + (value - (means[index % width] as number)) ** 2 / count
    })
    this.#means = means
    this.#scales = variances.map((variance) => (Math.sqrt(variance) > CONSTANT ? 1 / Math.sqrt(variance) : 0))
  }

  /** Copies features [n, width], standardised. */
  apply(features: Float32Array): Float32Array {
    return features.map(
      (value, index) => (value - (this.#means[index % this.width] as number)) * (this.#scales[index % this.width] as number),
    )
  }
}
