import type { Run } from '../generated/prisma/client.js'
import { readConfig } from './readConfig.js'
import { readLatest } from './readLatest.js'

/**
 * Tells which epoch's model stands for a run, is measured and opened first: the newest; of a run with patience, once its training is over, the one with the
 * lowest validation loss. 0 where there is none.
 */
export function finalEpoch(run: Run): number {
  const { epochs, epochsCompleted } = run
  if (epochs === null || epochsCompleted < epochs) return epochsCompleted
  const config = readConfig(run)
  const isPatient = 'value' in config && config.value.training.patience !== null
  return (isPatient ? readLatest(run).bestEpoch : undefined) ?? epochsCompleted
}
