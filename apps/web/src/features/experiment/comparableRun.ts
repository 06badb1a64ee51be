import { optimizerRowOf } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import type { ExperimentRun } from './useExperiment'

/** Leaves PCA's error out where it says nothing: beside a run that is PCA itself. */
export function comparableRun(run: ExperimentRun): ExperimentRun {
  return isPca(run) ? { ...run, pcaBaseline: null } : run
}

/** Tells whether a run takes principal components as they are, in place of training. */
export function isPca({ config }: Pick<ExperimentRun, 'config'>): boolean {
  return optimizerRowOf(readRunConfig(config).optimizer).takesPrincipalComponents
}
