import type { CodeSnapshot } from './CodeSnapshot.js'

/** What the test examples say of a model after an epoch; `Measured` names what each example was measured with. */
export interface Evaluation<Measured extends string> {
  /** The objective: the mean over the examples of their reconstruction errors, and the penalty. */
  readonly loss: number
  /** The mean of their reconstruction errors alone. */
  readonly reconstructionError: number
  /** With reconstructions as they come. */
  readonly meanSquaredError: number
  /** With reconstructions clipped to 0…1. */
  readonly clippedMeanSquaredError: number
  /** Of every example, in order. */
  readonly ofExamples: Readonly<Record<Measured, Float32Array>>
  /** Of the first examples. */
  readonly reconstructions: Float32Array
  readonly codes: Omit<CodeSnapshot, 'training'>
}
