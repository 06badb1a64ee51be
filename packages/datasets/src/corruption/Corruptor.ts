import { type CounterRandom, NoiseKernel } from '@hourglass/random'
import { DatasetError } from '../DatasetError.js'
import { requireCount } from '../gatherRequirements.js'
import { requireInteger } from '../requireInteger.js'
import { type Corruption, noiseOf } from './Corruption.js'

export interface CorruptorOptions {
  readonly corruption: Corruption
  /** Values of one example. */
  readonly exampleSize: number
  /** The most examples in one batch. */
  readonly batchSize: number
}

/**
 * Corrupts one batch after another into a buffer of its own, an array over WebAssembly memory.
 *
 * Value j of the example at position p of a stream is corrupted with draw p · size + j, however the examples are cut into batches: training that is
 * resumed, and evaluation in batches of another size, see the same noise.
 */
export class Corruptor {
  readonly #kernel: NoiseKernel
  readonly #exampleSize: number
  readonly #batchSize: number

  /** @throws DatasetError INVALID_ARGUMENT for a corruption out of its range, or a size that is no whole number. */
  constructor({ corruption, exampleSize, batchSize }: CorruptorOptions) {
    requireCount('exampleSize', exampleSize, Infinity)
    requireCount('batchSize', batchSize, Infinity)
    this.#exampleSize = exampleSize
    this.#batchSize = batchSize
    const { row, level } = noiseOf(corruption)
    this.#kernel = new NoiseKernel(row.disturb(level), batchSize * exampleSize)
  }

  /**
   * Returns a corrupted copy of `examples`, `[batch, size]`, which the next call overwrites: the same array for the same batch size.
   *
   * @param random The stream of this pass over the data, such as `createRandom(seed, 'corruption/epoch/3')`; give each pass one of its own.
   * @param position Of the batch's first example in the pass, from 0.
   * @throws DatasetError INVALID_ARGUMENT for examples that are no whole ones or too many, or a position that is no whole number from 0.
   */
  corrupt(examples: Float32Array, random: CounterRandom, position: number): Float32Array {
    this.#requireExamples(examples)
    requireInteger('position', position, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
    const corrupted = this.#kernel.values(examples.length)
    corrupted.set(examples)
    this.#kernel.disturb(examples.length, { random, offset: position * this.#exampleSize })
    return corrupted
  }

  #requireExamples({ length }: Float32Array): void {
    const count = this.#exampleSize === 0 ? 0 : length / this.#exampleSize
    if (Number.isInteger(count) && count <= this.#batchSize && length === count * this.#exampleSize) return
    throw new DatasetError('INVALID_ARGUMENT', {
      subject: 'examples to corrupt',
      expected: `at most ${this.#batchSize} whole examples of ${this.#exampleSize} values`,
      found: `${length} values`,
      advice: 'Pass batches of the size that the corruptor was made for, or smaller ones.',
    })
  }
}
