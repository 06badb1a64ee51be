import { ByteUnpacker } from './ByteUnpacker.js'
import { gatherExamples } from './gatherExamples.js'
import { requireCount, requireIndices, requireRange, requireRoom } from './gatherRequirements.js'
import type { Split } from './Split.js'

export interface BatchGathererOptions {
  readonly split: Split
  /** How many of the split's examples, from the first, batches may draw from. @default all */
  readonly count?: number
  /** The most examples in one batch. */
  readonly batchSize: number
}

/**
 * Gathers one batch after another into a buffer of its own. It gives what `gatherExamples` gives; where examples are bytes, it keeps a
 * copy of them in WebAssembly memory and unpacks them there, several times as fast.
 */
export class BatchGatherer {
  readonly #examples: Split
  readonly #exampleSize: number
  readonly #unpacker: ByteUnpacker | undefined
  readonly #floats: Float32Array
  /** One view for each batch size met, so that the same batch size is always the same array. */
  readonly #batches = new Map<number, Float32Array>()

  /** @throws DatasetError INVALID_ARGUMENT for a count that the split does not have, or a batch size that is no whole number. */
  constructor({ split, count = split.count, batchSize }: BatchGathererOptions) {
    requireCount('count', count, split.count)
    requireCount('batchSize', batchSize, Infinity)
    const exampleSize = split.count === 0 ? 0 : split.values.length / split.count
    const values = split.values.subarray(0, count * exampleSize)
    this.#examples = { count, values, labels: split.labels }
    this.#exampleSize = exampleSize
    this.#unpacker = values instanceof Uint8Array ? new ByteUnpacker(values, batchSize * exampleSize) : undefined
    this.#floats = this.#unpacker?.floats ?? new Float32Array(batchSize * exampleSize)
  }

  /**
   * Returns the examples `indices[start]` to `indices[end - 1]`, `[end - start, size]` floats from 0 to 1 for pixels. The next call
   * overwrites them. Throws DatasetError like `gatherExamples`.
   */
  gather(indices: Uint32Array, start: number, end: number): Float32Array {
    const { count } = this.#examples
    if (this.#unpacker) {
      requireRange(indices, start, end)
      requireRoom(this.#floats, (end - start) * this.#exampleSize)
      requireIndices(indices.subarray(start, end), count)
      for (let row = start; row < end; row++) {
        this.#unpacker.unpack(indices[row] as number, row - start, this.#exampleSize)
      }
    } else gatherExamples(this.#examples, { indices, start, end }, this.#floats)
    return this.#batchOf(end - start)
  }

  #batchOf(examples: number): Float32Array {
    const known = this.#batches.get(examples)
    if (known) return known
    const batch = this.#floats.subarray(0, examples * this.#exampleSize)
    this.#batches.set(examples, batch)
    return batch
  }
}
