import { type EpochMeasurement, epochCatalog, nameWithUnit, objectiveTitle } from '@hourglass/autoencoders'
import { tellingRows } from '../../entities/metric/curvesOf'
import { type Scored, titledRow } from '../../entities/metric/scoredOn'
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
export function titleOf(row: EpochMeasurement, runs: readonly ComparedRun[], scored: Scored | 'mixed'): string {
  const title = scored === 'mixed' ? row.title : titledRow(row, scored).title
  const objectives = new Set(runs.map((run) => objectiveTitle(configOf(run))))
  const [objective] = objectives
  return row.ranksWithin === 'objective' && objectives.size === 1 && objective
    ? `${title} (${objective})`
    : nameWithUnit({ title, unit: row.unit })
}
