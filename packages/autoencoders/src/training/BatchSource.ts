import { BatchGatherer, Corruptor, RandomBuffer, type Split } from '@hourglass/datasets'
import { encoderRowOf } from '../architectures/encoderRows.js'
import { isNone } from '../config/isNone.js'
import type { CorruptionConfig, EncoderConfig } from '../config/RunConfig.js'
import type { BatchInputs } from '../engines/BatchedFunction.js'
import { createNoiseStreams, type NoiseStream, type NoiseStreams, TEST_NOISE } from './noiseStreams.js'

export interface BatchSourceOptions {
  readonly corruption: CorruptionConfig
  readonly encoder: EncoderConfig
  readonly split: Split
  /** How many of the split's examples, from the first, batches draw from. */
  readonly count: number
  /** The most examples in one batch. */
  readonly batchSize: number
  readonly latentDimension: number
}

/** Which examples come in which order, and the random stream of their noise. */
export interface Selection extends NoiseStream {
  readonly order: Uint32Array
}

/**
 * Gives what a step reads for each batch: `examples`, and where the configuration has such the `corrupted` examples and the `noise` of a
 * variational encoder. Noise belongs to a position in the order, so that it is the same whatever the batches.
 */
export class BatchSource implements BatchInputs {
  /** Values of one example in each input. */
  readonly widths: Readonly<Record<string, number>>
  readonly #gatherer: BatchGatherer
  readonly #corruptor: Corruptor | undefined
  readonly #noise: RandomBuffer | undefined
  readonly #latentDimension: number
  #order: Uint32Array
  #noiseStreams: NoiseStreams

  constructor({ corruption, encoder, split, count, batchSize, latentDimension }: BatchSourceOptions) {
    const capacity = Math.min(batchSize, count)
    const exampleSize = split.values.length / split.count
    this.#latentDimension = latentDimension
    this.#gatherer = new BatchGatherer({ split, count, batchSize: capacity })
    this.#corruptor = isNone(corruption) ? undefined : new Corruptor({ corruption, exampleSize, batchSize: capacity })
    this.#noise = encoderRowOf(encoder).givesDistribution
      ? new RandomBuffer({ distribution: STANDARD_NORMAL, capacity: capacity * latentDimension })
      : undefined
    this.widths = {
      examples: exampleSize,
      ...(this.#corruptor ? { corrupted: exampleSize } : {}),
      ...(this.#noise ? { noise: latentDimension } : {}),
    }
    this.#order = Uint32Array.from({ length: count }, (_, index) => index)
    this.#noiseStreams = createNoiseStreams(TEST_NOISE)
  }

  /** Sets which examples the following batches are of; all of them in their own order unless this is called. */
  select({ order, ...noise }: Selection): void {
    this.#order = order
    this.#noiseStreams = createNoiseStreams(noise)
  }

  gather(start: number, end: number): Readonly<Record<string, Float32Array>> {
    const examples = this.#gatherer.gather(this.#order, start, end)
    return { examples, ...this.#corrupt(examples, start), ...this.#drawNoise(start, end) }
  }

  #corrupt(examples: Float32Array, start: number): Readonly<Record<string, Float32Array>> {
    if (!this.#corruptor) return {}
    return { corrupted: this.#corruptor.corrupt(examples, this.#noiseStreams.corruption, start) }
  }

  #drawNoise(start: number, end: number): Readonly<Record<string, Float32Array>> {
    if (!this.#noise) return {}
    const [count, offset] = [(end - start) * this.#latentDimension, start * this.#latentDimension]
    return { noise: this.#noise.draw(this.#noiseStreams.code, { count, offset }) }
  }
}

const STANDARD_NORMAL = { kind: 'normal', mean: 0, standardDeviation: 1 } as const
