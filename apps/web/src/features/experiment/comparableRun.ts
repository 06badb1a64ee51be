import { readRunConfig } from '../../data/readRunConfig'
import type { ExperimentRun } from '../../entities/experiment/useExperiment'

/**
 * Leaves PCA's error out where it says nothing: beside a run that sees corrupted inputs, since PCA sees whole ones, and beside one that is PCA
 * itself.
 */
export function comparableRun(run: ExperimentRun): ExperimentRun {
  const { corruption } = readRunConfig(run.config)
  return corruption.kind === 'none' && !isPca(run) ? run : { ...run, pcaBaseline: null }
}

/** Tells whether a run takes principal components as they are, in place of training. */
export function isPca({ config }: Pick<ExperimentRun, 'config'>): boolean {
  return readRunConfig(config).optimizer.kind === 'closedForm'
}
