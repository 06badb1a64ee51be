import { type EpochMeasurement, epochCatalog, nameWithUnit, objectiveTerms } from '@hourglass/autoencoders'
import { tellingRows } from '../../entities/metric/curvesOf'
import { titledRow } from '../../entities/metric/scoredOn'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { configOf } from './runGroups'

/** Lists what any of the runs measured and that tells something. */
export function offeredMeasurements(runs: readonly ComparedRun[]): readonly EpochMeasurement[] {
  const telling = new Set(runs.flatMap(({ summary }) => tellingRows([summary])))
  return epochCatalog.filter(
    (row) => row.role === 'loss' || row.role === 'speed' || telling.has(row) || row.id === 'validationMeanSquaredError',
  )
}

/** Titles what is measured by what it is of: validation or test examples; of a loss what is minimized, where all runs minimize the same. */
export function titleOf(row: EpochMeasurement, runs: readonly ComparedRun[]): string {
  const configs = runs.map(configOf)
  const { title, unit } = titledRow(row, configs)
  const [terms, ...others] = new Set(configs.map(objectiveTerms))
  return row.ranksWithin === 'objective' && terms !== undefined && others.length === 0
    ? `${title} (${terms})`
    : nameWithUnit({ title, unit })
}
