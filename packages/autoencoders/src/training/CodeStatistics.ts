import type { CodeDimension } from '../measurements/CodeSnapshot.js'

/** Accumulates the distribution of each code dimension batch by batch, in float64 by Welford's method. */
export class CodeStatistics {
  readonly #minimum: Float64Array
  readonly #maximum: Float64Array
  readonly #mean: Float64Array
  /** Sum of squared deviations from the mean. */
  readonly #deviations: Float64Array
  #count = 0

  constructor(private readonly latentDimension: number) {
    this.#minimum = new Float64Array(latentDimension).fill(Number.POSITIVE_INFINITY)
    this.#maximum = new Float64Array(latentDimension).fill(Number.NEGATIVE_INFINITY)
    this.#mean = new Float64Array(latentDimension)
    this.#deviations = new Float64Array(latentDimension)
  }

  /** Adds codes [n, latent dimension]. */
  add(codes: Float32Array): void {
    for (let row = 0; row < codes.length; row += this.latentDimension) {
      this.#count += 1
      for (let index = 0; index < this.latentDimension; index++) this.#addValue(index, codes[row + index] ?? 0)
    }
  }

  /** Describes what was added so far; the standard deviation is the population's. */
  dimensions(): readonly CodeDimension[] {
    return Array.from({ length: this.latentDimension }, (_, index) => ({
      index,
      minimum: this.#minimum[index] ?? 0,
      maximum: this.#maximum[index] ?? 0,
      mean: this.#mean[index] ?? 0,
      standardDeviation: Math.sqrt((this.#deviations[index] ?? 0) / this.#count),
    }))
  }

  #addValue(index: number, value: number): void {
    const before = this.#mean[index] ?? 0
    const after = before + (value - before) / this.#count
    this.#mean[index] = after
    this.#deviations[index] = (this.#deviations[index] ?? 0) + (value - before) * (value - after)
    this.#minimum[index] = Math.min(this.#minimum[index] ?? value, value)
    this.#maximum[index] = Math.max(this.#maximum[index] ?? value, value)
  }
}
