import { movesByBatch } from './optimizerSchema.js'
import type { MiniBatchOptimizerConfig, OptimizerConfig } from './RunConfig.js'

/** Tells whether an optimizer moves after every batch; the others look at all examples for each step. */
export function isMiniBatch(optimizer: OptimizerConfig): optimizer is MiniBatchOptimizerConfig {
  return movesByBatch[optimizer.kind]
}
