import type { RunConfig } from '../config/RunConfig.js'
import { settingsKey, withoutSeedLabel } from './replicateRuns.js'

export interface Replicates<Run> {
  /** What tells it from other groups; of a single run its own label. */
  readonly label: string
  /** Runs that differ in their seeds alone, in their order. */
  readonly runs: readonly Run[]
}

interface GroupOptions<Run> {
  readonly configOf: (run: Run) => RunConfig
  readonly labelOf: (run: Run) => string
}

/** Puts runs together that differ in their seeds alone, in the order of their first ones. */
export function groupReplicates<Run>(runs: readonly Run[], { configOf, labelOf }: GroupOptions<Run>): readonly Replicates<Run>[] {
  const groups = new Map<string, Run[]>()
  for (const run of runs) {
    const key = settingsKey(configOf(run))
    groups.set(key, [...(groups.get(key) ?? []), run])
  }
  return [...groups.values()].map((members) => {
    const [first] = members
    const label = first === undefined ? '' : labelOf(first)
    return { label: members.length > 1 ? withoutSeedLabel(label) || 'all seeds' : label, runs: members }
  })
}
