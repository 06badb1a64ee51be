import type { RunConfig } from '@hourglass/autoencoders'
import type { Experiment } from './useExperiment'

/**
 * Gives a run's configuration as it was meant: of a search, whose runs have as many epochs as they were given so far, with those of a whole run. What runs
 * differ in is then what they were launched to differ in.
 */
export function searchedConfig(config: RunConfig, search: Experiment['search']): RunConfig {
  const epochs = search?.rungs.at(-1)?.epochs
  return epochs === undefined ? config : { ...config, training: { ...config.training, epochs } }
}

/** Tells how far a search is by the epochs that it plans, in place of those that its runs were given so far. */
export function searchedProgress(progress: Experiment['progress'], search: Experiment['search']): Experiment['progress'] {
  if (search?.status !== 'RUNNING') return progress
  const { epochsPlanned, epochsUsed } = search
  const left = progress.epochs - progress.epochsCompleted
  const secondsLeft = progress.secondsLeft === null || left <= 0 ? null : (progress.secondsLeft / left) * (epochsPlanned - epochsUsed)
  return { ...progress, epochs: epochsPlanned, epochsCompleted: epochsUsed, fraction: Math.min(1, epochsUsed / epochsPlanned), secondsLeft }
}
