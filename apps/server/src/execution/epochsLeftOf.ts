import type { Run } from '../runs/RunReader.js'

/** Counts the epochs that a run has yet to train; 0 for one that counts none. */
export function epochsLeftOf({ epochs, epochsCompleted }: Pick<Run, 'epochs' | 'epochsCompleted'>): number {
  return Math.max(0, (epochs ?? 0) - epochsCompleted)
}
