import type { z } from 'zod'

/** How an epoch goes: a step after every batch, iterations that each look at all examples, or one step that solves for the optimum. */
export type Stepping = 'batches' | 'iterations' | 'solution'

/** A setting that an optimizer has no use for. */
export interface UnusedSetting {
  /** In the schema's own terms, for example `training.batchSize`. */
  readonly path: string
  /** Whole sentence: what happens instead. */
  readonly reason: string
  /** What the configuration has to say there; the default where this is left out. */
  readonly value?: unknown
}

/** What the steps of an epoch take: `times` (`passes` gradients of all training examples, and `scriptedValues` numbers that JavaScript goes through). */
export interface EpochWork {
  readonly times: number
  readonly passes: number
  readonly scriptedValues: number
}

/** What the work of an epoch depends on besides the optimizer's own settings. */
export interface WorkedModel {
  readonly parameters: number
  /** Values of one example. */
  readonly size: number
}

/** All that is known of an optimizer without tensors: its settings, and every fact that other files ask for. */
export interface OptimizerRow<Schema extends z.ZodType = z.ZodType, Steps extends Stepping = Stepping> {
  /** Its settings, `kind` among them, with the title and the description that forms show. */
  readonly schema: Schema
  readonly steps: Steps
  /** Counts the updates of the parameters in an epoch of so many batches. */
  stepsPerEpoch(config: z.output<Schema>, batches: number): number
  /** Counts the numbers that it keeps for each parameter. */
  numbersKept(config: z.output<Schema>): number
  /** Counts the work of the steps of an epoch. */
  epochWork(config: z.output<Schema>, model: WorkedModel): EpochWork
  /** What it has no use for. */
  readonly unused: readonly UnusedSetting[]
  /** Whether it takes principal components in place of training, and so a linear autoencoder, the squared error alone and one epoch. */
  readonly takesPrincipalComponents: boolean
  /** Whether the same parameters must always have the same loss: it compares losses along a line. */
  readonly needsDeterministicObjective: boolean
  /** What it is, within a sentence, where it does not go on from a trained model; null where it does. */
  readonly startsAnew: string | null
  /** Largest magnitude in the gradient at which it has converged and rests; null where it never rests. */
  readonly gradientTolerance: number | null
  /** Whole sentence: why Adam can converge where this one diverged; null where it would not help. */
  readonly whyAdam: string | null
}

/** Holds a row to its own settings: what it counts, it counts from these. */
export function optimizerRow<Schema extends z.ZodType, const Steps extends Stepping>(
  row: OptimizerRow<Schema, Steps>,
): OptimizerRow<Schema, Steps> {
  return row
}
