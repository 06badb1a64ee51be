import { countMultiplications } from '../architectures/layouts.js'
import { isMiniBatch } from '../config/optimizerRowOf.js'
import type { RunConfig } from '../config/RunConfig.js'
import { usefulThreads } from '../engines/usefulThreads.js'
import { FULL_BATCH_CHUNK } from './FullBatchTrainer.js'

/** Returns how many of the given threads a run's steps are worth: it depends on the configuration alone, never on a measurement. */
export function threadsFor({ architecture, optimizer, training }: RunConfig, exampleShape: readonly number[], threads: number): number {
  const batchSize = isMiniBatch(optimizer) ? training.batchSize : FULL_BATCH_CHUNK
  return usefulThreads(threads, { batchSize, multiplications: countMultiplications(architecture, exampleShape) })
}
