import { epochMetricCatalog } from '@hourglass/autoencoders'

/** What an experiment's chart can show of the latest epochs of its runs: the test error, then what else epochs measure. */
export const experimentMetrics = ['mse', ...epochMetricCatalog.map(({ id }) => id)] as const
export type ExperimentMetric = (typeof experimentMetrics)[number]

export interface MeasuredSummary extends Readonly<Record<Exclude<ExperimentMetric, 'mse'>, number | null>> {
  readonly validationMeanSquaredError: number | null
}

/** Reads what a run measured. */
export function measuredOf(summary: MeasuredSummary, metric: ExperimentMetric): number | null {
  return metric === 'mse' ? summary.validationMeanSquaredError : summary[metric]
}

/** Names a metric, and its axis with the unit. */
export function nameMetric(metric: ExperimentMetric): { readonly title: string; readonly axis: string } {
  const described = epochMetricCatalog.find(({ id }) => id === metric)
  if (!described) return { title: 'Test error', axis: 'Mean squared error, test data' }
  const { title, unit } = described
  return { title, axis: unit ? `${title} (${unit})` : title }
}

/** Lists the metrics that any of the runs measured. */
export function presentMetrics(summaries: readonly MeasuredSummary[]): readonly ExperimentMetric[] {
  return experimentMetrics.filter((metric) => metric === 'mse' || summaries.some((summary) => measuredOf(summary, metric) !== null))
}
