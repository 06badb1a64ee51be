import { type EpochValueId, epochCatalog, type Measurement, type MetricId, metricCatalog } from '@hourglass/autoencoders'
import { type Titling, titledRow } from '../../entities/metric/scoredOn'

/** The numbers that a run has of its latest epoch and, once it was measured, of the test data. */
export interface MeasuredSummary extends Readonly<Partial<Record<EpochValueId, number | null>>> {
  readonly test?: Readonly<Partial<Record<MetricId, number | null>>> | null
}

/** What an experiment's chart and table can show of its runs. */
export interface ExperimentMetric {
  /** As addresses of pages name it. */
  readonly id: string
  readonly row: Measurement
  /** Its title; what epochs measure too is told apart. */
  readonly title: string
  readonly read: (summary: MeasuredSummary) => number | null
}

const ofEpochs = epochCatalog.filter(({ id }) => id !== 'seconds')
const alsoOfEpochs = new Set(ofEpochs.map(({ title }) => title))

/** The error that can be compared with PCA first, then what else epochs measure, then what finished runs are measured with. */
export const experimentMetrics: readonly ExperimentMetric[] = [
  ...[...ofEpochs.filter(({ baseline }) => baseline), ...ofEpochs.filter(({ baseline }) => !baseline)].map(
    (row): ExperimentMetric => ({
      id: row.chart === undefined || row.chart === 'loss' ? row.id : row.chart,
      row,
      title: row.title,
      read: (summary) => summary[row.id] ?? null,
    }),
  ),
  ...metricCatalog.map(
    (row): ExperimentMetric => ({
      id: `test.${row.id}`,
      row,
      title: alsoOfEpochs.has(row.title) ? `${row.title}, test` : row.title,
      read: ({ test }) => test?.[row.id] ?? null,
    }),
  ),
]

/** Gives a metric the title that it has for some runs. */
export function titledMetric(metric: ExperimentMetric, configs: readonly Titling[]): ExperimentMetric {
  const row = titledRow(metric.row, configs)
  return row === metric.row ? metric : { ...metric, row, title: row.title }
}

/** Lists those of some metrics that any of the runs measured; the first always. */
export function presentMetrics(metrics: readonly ExperimentMetric[], summaries: readonly MeasuredSummary[]): readonly ExperimentMetric[] {
  return metrics.filter((metric, index) => index === 0 || summaries.some((summary) => metric.read(summary) !== null))
}
