import type { CodeSnapshot } from './CodeSnapshot.js'

/** What the examples that are scored say of a model after an epoch: validation examples, or test examples where none are held out; `Measured` names what each example was measured with. */
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
  /** How their codes are distributed. */
  readonly codes: Pick<CodeSnapshot, 'dimensions' | 'divergences'>
}
