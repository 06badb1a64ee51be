import { AutoencoderError } from '../AutoencoderError.js'

/** The directions of largest variance of data with `size` values an example, as many as there are values. */
export interface PrincipalComponentValues {
  /** Mean of the data, [size]. */
  readonly mean: Float64Array
  /** Orthonormal directions, [component][size], row-major, by falling variance. */
  readonly components: Float64Array
  /** Variance of the data along each component, [component]. */
  readonly variances: Float64Array
}

/**
 * Encodes and decodes by principal component analysis: f(x) = D(x − μ), g(c) = Dᵀc + μ, with the first k components as the rows of D.
 * Among all linear maps to k numbers and back this one has the least squared error on the data it was fitted to (Eckart, Young & Mirsky).
 */
export class PrincipalComponents {
  readonly mean: Float64Array
  readonly components: Float64Array
  readonly variances: Float64Array
  readonly size: number

  constructor({ mean, components, variances }: PrincipalComponentValues) {
    this.mean = mean
    this.components = components
    this.variances = variances
    this.size = mean.length
  }

  /** Encodes examples [n, size] as codes [n, k]; throws INVALID_COMPONENT_COUNT unless k is from 1 to size. */
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

  /** Decodes codes [n, k] to reconstructions [n, size]; throws INVALID_COMPONENT_COUNT unless k is from 1 to size. */
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
    if (Number.isInteger(k) && k >= 1 && k <= this.size) return
    throw new AutoencoderError('INVALID_COMPONENT_COUNT', `components: expected a whole number from 1 to ${this.size}, got ${k}`)
  }

  #requireRows(subject: string, values: Float32Array, width: number): number {
    if (values.length % width === 0) return values.length / width
    throw new AutoencoderError('WRONG_LENGTH', `${subject}: expected a multiple of ${width} values, got ${values.length}`)
  }
}
