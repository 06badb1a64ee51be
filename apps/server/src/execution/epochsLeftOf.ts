import type { Run } from '../runs/RunReader.js'

export function epochsLeftOf({ epochs, epochsCompleted }: Pick<Run, 'epochs' | 'epochsCompleted'>): number {
  return Math.max(0, (epochs ?? 0) - epochsCompleted)
}
