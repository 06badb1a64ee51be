import { settingsKey } from '@hourglass/autoencoders'
import type { Run } from '../runs/RunReader.js'
import { readConfig } from '../runs/readConfig.js'

/**
 * Picks the runs that what is claimed of an experiment is judged by: those that it was launched with, and of the ones that were added those that repeat
 * their settings with other seeds.
 */
export function runsOfLaunch(runs: readonly Run[], addedFrom: number | null): readonly Run[] {
  if (addedFrom === null) return runs
  const isOfLaunch = ({ place }: Run) => (place ?? 0) < addedFrom
  const settings = new Set(runs.filter(isOfLaunch).flatMap(settingsOf))
  return runs.filter((run) => isOfLaunch(run) || settingsOf(run).some((key) => settings.has(key)))
}

function settingsOf(run: Run): readonly string[] {
  const read = readConfig(run)
  return 'value' in read ? [settingsKey(read.value)] : []
}
