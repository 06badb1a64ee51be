import { optimizerRows } from './optimizerSchema.js'
import type { OptimizerRow } from './optimizers/OptimizerRow.js'
import type { MiniBatchOptimizerConfig, OptimizerConfig, RunConfig } from './RunConfig.js'

/** Finds what is known of an optimizer; what its row counts, it counts from the settings that are given here. */
export function optimizerRowOf({ kind }: OptimizerConfig): OptimizerRow {
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  return optimizerRows[kind] as OptimizerRow
}

/** Tells whether an optimizer moves after every batch; the others look at all examples for each step. */
export function isMiniBatch(optimizer: OptimizerConfig): optimizer is MiniBatchOptimizerConfig {
  return optimizerRowOf(optimizer).steps === 'batches'
}

/** Counts the updates of the parameters in an epoch of so many examples. */
export function stepsPerEpoch({ optimizer, training }: Pick<RunConfig, 'optimizer' | 'training'>, examples: number): number {
  return optimizerRowOf(optimizer).stepsPerEpoch(optimizer, Math.ceil(examples / training.batchSize))
}
