import type { CodeDimension } from '../measurements/CodeSnapshot.js'
import { CodeStatistics } from './CodeStatistics.js'
import type { EvaluatedBatch } from './evaluate.js'

/** Accumulates how the codes of examples are distributed. */
export class CodeDistribution {
  readonly #statistics: CodeStatistics
  readonly #divergences: Float64Array
  readonly #count: number
  #isVariational = false

  /** @param count How many examples there will be. */
  constructor(latentDimension: number, count: number) {
    this.#statistics = new CodeStatistics(latentDimension)
    this.#divergences = new Float64Array(latentDimension)
    this.#count = count
  }

  add({ outputs, start, end }: EvaluatedBatch): void {
    this.#isVariational ||= outputs.divergences !== undefined
    outputs.divergences?.forEach((divergence, unit) => {
      this.#divergences[unit] = (this.#divergences[unit] ?? 0) + (divergence * (end - start)) / this.#count
    })
    this.#statistics.add(outputs.codes ?? new Float32Array())
  }

  /** Describes each code unit. */
  dimensions(): readonly CodeDimension[] {
    return this.#statistics.dimensions()
  }

  /** Divergence of each unit from the prior in nats, the mean over the examples; null unless the encoder is variational. */
  get divergences(): Float64Array | null {
    return this.#isVariational ? this.#divergences : null
  }
}
