import { describeEarlyStop } from '@hourglass/protocol'
import type { Run } from '../generated/prisma/client.js'
import { readConfig } from './readConfig.js'
import { readLatest } from './readLatest.js'

/** Says why a run has fewer epochs than its configuration asks for; null where it has not stopped early. */
export function whyStoppedEarly(run: Run): string | null {
  const { epochs, epochsCompleted } = run
  if (epochs === null || epochsCompleted < epochs) return null
  const config = readConfig(run)
  const { bestEpoch } = readLatest(run)
  if (!('value' in config) || config.value.training.epochs <= epochs || bestEpoch === undefined) return null
  return `${describeEarlyStop({ epoch: epochsCompleted, bestEpoch })}.`
}
