import { experimentStatus } from './describeExperiment'
import type { ExperimentRow } from './useExperiments'

const MOST_SHOWN = 5

/** Picks the newest experiments, and whichever of the older ones are still active, of a list with the newest first. */
export function latestExperiments<Row extends Pick<ExperimentRow, 'statusCounts'>>(experiments: readonly Row[]): readonly Row[] {
  return experiments.filter(({ statusCounts }, index) => {
    const status = experimentStatus(statusCounts)
    return index < MOST_SHOWN || status === 'RUNNING' || status === 'QUEUED'
  })
}
