import type { CodeSnapshot } from './CodeSnapshot.js'

/** What the test examples say of a model after an epoch. */
export interface Evaluation {
  /** The objective: the mean over the examples of their reconstruction errors, and the penalty. */
  readonly loss: number
  /** The mean of their reconstruction errors alone. */
  readonly reconstructionError: number
  readonly meanSquaredError: number
  /** Of reconstructions clipped to 0…1, as images are shown. */
  readonly meanPeakSignalToNoiseRatio: number
  /** Of the first examples. */
  readonly reconstructions: Float32Array
  readonly codes: Omit<CodeSnapshot, 'training'>
}
