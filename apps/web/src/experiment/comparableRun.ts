import { readRunConfig } from '../graphql/readRunConfig'
import type { ExperimentRun } from '../hooks/useExperiment'

/** Leaves PCA's error out where it was computed of other inputs: PCA sees whole images, so beside a run that sees corrupted ones it says nothing. */
export function comparableRun(run: ExperimentRun): ExperimentRun {
  return readRunConfig(run.config).corruption.kind === 'none' ? run : { ...run, pcaBaseline: null }
}
