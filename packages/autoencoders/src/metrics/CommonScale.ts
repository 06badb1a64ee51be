/** Spread under which features count as constant: what is left is float32's rounding. */
const CONSTANT = 1e-6

/**
 * Centres each feature on the examples it was made from and divides all by one spread s, so that their mean variance is 1:
 *
 *     (x − μ) / s,     s² = mean over features of Var(xⱼ)
 *
 * Distances keep their proportions, so features that are a rotation of others stay one; a spread for each feature would make the smallest
 * principal components, which are mostly noise, as large as the first. Constant features become 0.
 */
export class CommonScale {
  readonly #means: Float64Array
  readonly #scale: number

  /** Takes features [n, width]. */
  constructor(
    features: Float32Array,
    private readonly width: number,
  ) {
    const count = features.length / width
    const sums = new Float64Array(width)
    for (let begin = 0; begin < features.length; begin += width) {
      for (let column = 0; column < width; column++) sums[column] = (sums[column] as number) + (features[begin + column] as number)
    }
    const means = sums.map((sum) => sum / count)
    let squares = 0
    for (let begin = 0; begin < features.length; begin += width) {
      for (let column = 0; column < width; column++) squares += ((features[begin + column] as number) - (means[column] as number)) ** 2
    }
    const spread = Math.sqrt(squares / features.length)
    this.#means = means
    this.#scale = spread > CONSTANT ? 1 / spread : 0
  }

  /** Copies features [n, width], centred and scaled. */
  apply(features: Float32Array): Float32Array {
    const [width, means, scale] = [this.width, this.#means, this.#scale]
    const scaled = new Float32Array(features.length)
    for (let begin = 0; begin < features.length; begin += width) {
      for (let column = 0; column < width; column++)
        scaled[begin + column] = ((features[begin + column] as number) - (means[column] as number)) * scale
    }
    return scaled
  }
}
