import { type MetricId, metricCatalog, nameWithUnit, subjectCatalog } from '@hourglass/autoencoders'
import { rateTable, tangentTable } from '../../entities/analysis/analysisTables'
import type { FigureTable } from '../../ui/FigureSource'
import type { MeasuredRuns } from './measuredRuns'
import type { ExperimentRun } from './useExperiment'
import type { RunAnalysis } from './useExperimentAnalyses'

type LabelledRuns = MeasuredRuns<Pick<ExperimentRun, 'id' | 'number' | 'label'>>

export const featureMetrics: readonly MetricId[] = ['linearProbeAccuracy', 'kMeansNormalizedMutualInformation', 'kMeansAdjustedRandIndex']

/** Lists every metric of every subject of every run that any was measured of. */
export function measurementsTable(measured: LabelledRuns): FigureTable {
  return metricsTable(
    measured,
    metricCatalog.map(({ id }) => id),
  )
}

/** Lists what codes tell of classes. */
export function featuresTable(measured: LabelledRuns): FigureTable {
  return metricsTable(measured, featureMetrics)
}

/** Lists the points of every run's rate-distortion curves. */
export function ratesTable(measured: LabelledRuns): FigureTable {
  const { columns } = rateTable([])
  return { columns: ['run', 'label', ...columns], rows: rowsOf(measured, ({ rateDistortion }) => rateTable(rateDistortion).rows) }
}

/** Lists the singular values of every run's tangent spaces. */
export function tangentsTable(measured: LabelledRuns): FigureTable {
  const { columns } = tangentTable([])
  return { columns: ['run', 'label', ...columns], rows: rowsOf(measured, ({ tangents }) => tangentTable(tangents).rows) }
}

/** Lists the errors of the classifiers that were fine-tuned from each run. */
export function fineTuningTable(measured: LabelledRuns): FigureTable {
  return {
    columns: ['run', 'label', 'labels', 'epochs', 'test error from the encoder', 'test error from random weights'],
    rows: rowsOf(measured, ({ fineTuning }) =>
      fineTuning ? [[fineTuning.labels, fineTuning.epochs, fineTuning.pretrainedTestError, fineTuning.randomTestError]] : [],
    ),
  }
}

function metricsTable(measured: LabelledRuns, ids: readonly MetricId[]): FigureTable {
  const metrics = metricCatalog.filter(({ id }) => ids.includes(id))
  return {
    columns: ['run', 'label', 'subject', ...metrics.map(nameWithUnit)],
    rows: rowsOf(measured, ({ subjects }) =>
      subjects.flatMap(({ subject, metrics: values }) => {
        const numbers = metrics.map(({ id }) => values[id])
        return numbers.every((value) => value === null) ? [] : [[subjectCatalog[subject].title, ...numbers]]
      }),
    ),
  }
}

function rowsOf({ runs, analyses }: LabelledRuns, of: (analysis: RunAnalysis) => FigureTable['rows']): FigureTable['rows'] {
  return runs.flatMap(({ id, number, label }) => {
    const analysis = analyses.get(id)
    return analysis ? of(analysis).map((row) => [number, label, ...row]) : []
  })
}
