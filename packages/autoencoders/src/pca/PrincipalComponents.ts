import { AutoencoderError } from '../AutoencoderError.js'

/** Orthonormal directions of data with `size` values an example, by falling variance; those at the end may have none. */
export interface PrincipalComponentValues {
  /** Mean of the data, [size]. */
  readonly mean: Float64Array
  /** Orthonormal directions, [component][size], row-major. */
  readonly components: Float64Array
  /** Variance of the data along each of them, [component]. */
  readonly variances: Float64Array
  /** How many examples the data are: they vary along fewer directions than that. */
  readonly examples: number
}

/** Variance, as a share of the largest, that is told from the rounding of sums in float32. */
const ROUNDING = 1e-7

/**
 * Encodes and decodes by principal component analysis: f(x) = D(x − μ), g(c) = Dᵀc + μ, with the first k components as the rows of D.
 * Among all linear maps to k numbers and back this one has the least squared error on the data it was fitted to (Eckart, Young & Mirsky).
 *
 * There are `rank` components, those along which the data vary: fewer than there are examples, and no more than an example has values.
 */
export class PrincipalComponents {
  readonly mean: Float64Array
  /** [rank][size] */
  readonly components: Float64Array
  /** [rank] */
  readonly variances: Float64Array
  readonly size: number
  readonly examples: number
  /** How many components there are. */
  readonly rank: number

  /** Takes the directions of a basis along which the data vary. */
  constructor({ mean, components, variances, examples }: PrincipalComponentValues) {
    const least = ROUNDING * (variances[0] ?? 0)
    const varying = variances.findIndex((variance) => variance <= least)
    this.mean = mean
    this.size = mean.length
    this.examples = examples
    this.rank = Math.min(varying < 0 ? variances.length : varying, Math.max(0, examples - 1))
    this.components = components.subarray(0, this.rank * this.size)
    this.variances = variances.subarray(0, this.rank)
  }

  /**
   * Tells whether k components leave nothing out that varies in data like those they were fitted to. Of fewer examples than values there is always
   * more, as others vary along directions that these do not.
   */
  keepEverything(k: number): boolean {
    return k >= this.rank && this.examples > this.size
  }

  /** Encodes examples [n, size] as codes [n, k]; throws INVALID_COMPONENT_COUNT unless k is from 1 to the rank. */
  encode(examples: Float32Array, k: number): Float32Array {
    this.#requireComponents(k)
    const count = this.#requireRows('examples', examples, this.size)
    const codes = new Float32Array(count * k)
    const centred = new Float64Array(this.size)
    for (let row = 0; row < count; row++) {
      for (let index = 0; index < this.size; index++) {
        centred[index] = (examples[row * this.size + index] ?? 0) - (this.mean[index] ?? 0)
      }
      for (let component = 0; component < k; component++) codes[row * k + component] = this.#project(centred, component)
    }
    return codes
  }

  /** Decodes codes [n, k] to reconstructions [n, size]; throws INVALID_COMPONENT_COUNT unless k is from 1 to the rank. */
  decode(codes: Float32Array, k: number): Float32Array {
    this.#requireComponents(k)
    const count = this.#requireRows('codes', codes, k)
    const examples = new Float32Array(count * this.size)
    const sums = new Float64Array(this.size)
    for (let row = 0; row < count; row++) {
      sums.set(this.mean)
      for (let component = 0; component < k; component++) this.#add(sums, component, codes[row * k + component] ?? 0)
      examples.set(sums, row * this.size)
    }
    return examples
  }

  #project(centred: Float64Array, component: number): number {
    const start = component * this.size
    let sum = 0
    for (let index = 0; index < this.size; index++) sum += (centred[index] ?? 0) * (this.components[start + index] ?? 0)
    return sum
  }

  #add(sums: Float64Array, component: number, weight: number): void {
    const start = component * this.size
    for (let index = 0; index < this.size; index++) sums[index] = (sums[index] ?? 0) + weight * (this.components[start + index] ?? 0)
  }

  #requireComponents(k: number): void {
    if (Number.isInteger(k) && k >= 1 && k <= this.rank) return
    const expected =
      this.rank === 0 ? 'none, as the data do not vary' : `a whole number from 1 to ${this.rank}, all that the data vary along`
    throw new AutoencoderError('INVALID_COMPONENT_COUNT', `components: expected ${expected}, got ${k}`)
  }

  #requireRows(subject: string, values: Float32Array, width: number): number {
    if (values.length % width === 0) return values.length / width
    throw new AutoencoderError('WRONG_LENGTH', `${subject}: expected a multiple of ${width} values, got ${values.length}`)
  }
}
