import { readRunConfig } from '../../data/readRunConfig'
import { scoredTogether } from '../../entities/metric/scoredOn'
import type { ComparedRun } from '../../entities/run/useComparedRuns'

/** Tells what runs that stand together are scored on after each epoch. */
export function runsScored(runs: readonly Pick<ComparedRun, 'config'>[]) {
  return scoredTogether(runs.map(({ config }) => readRunConfig(config)))
}
