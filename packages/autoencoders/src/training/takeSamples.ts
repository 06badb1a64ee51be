import type { Split } from '@hourglass/datasets'
import type { BatchSource } from './BatchSource.js'

export interface Samples {
  /** [count, values of one example] */
  readonly originals: Float32Array
  /** What the encoder sees of them, of the same shape; null where that is themselves. */
  readonly corrupted: Float32Array | null
  /** Class of each. */
  readonly labels: readonly number[]
}

/** Takes the first examples of a split, and what its batches make of them. */
export function takeSamples(batches: BatchSource, split: Split, count: number): Samples {
  const { examples, corrupted } = batches.gather(0, count)
  return {
    originals: examples?.slice() ?? new Float32Array(),
    corrupted: corrupted?.slice() ?? null,
    labels: [...split.labels.subarray(0, count)],
  }
}
