import type { BatchTaker, EvaluatedBatch } from './evaluate.js'

/** The most test examples whose codes are kept of each epoch. */
export const SNAPSHOT_CODES = 2000

export interface ShownExamplesOptions {
  /** Examples whose reconstructions are kept, from the first. */
  readonly samples: number
  /** Examples whose codes are kept, from the first. */
  readonly codes: number
  /** Values of one example. */
  readonly exampleSize: number
  readonly latentDimension: number
}

/** Keeps what a model makes of the first examples. */
export class ShownExamples implements BatchTaker {
  /** [samples, values of one example] */
  readonly reconstructions: Float32Array
  /** [codes, latent dimension] */
  readonly codes: Float32Array
  readonly #options: ShownExamplesOptions

  constructor(options: ShownExamplesOptions) {
    const { samples, codes, exampleSize, latentDimension } = options
    this.#options = options
    this.reconstructions = new Float32Array(samples * exampleSize)
    this.codes = new Float32Array(codes * latentDimension)
  }

  add({ start, outputs }: EvaluatedBatch): void {
    const { exampleSize, latentDimension } = this.#options
    copyFront(outputs.reconstructions, this.reconstructions, start * exampleSize)
    copyFront(outputs.codes, this.codes, start * latentDimension)
  }
}

/** Copies as much of `from` into `to` at `offset` as fits. */
function copyFront(from: Float32Array | undefined, to: Float32Array, offset: number): void {
  if (from && offset < to.length) to.set(from.subarray(0, to.length - offset), offset)
}
