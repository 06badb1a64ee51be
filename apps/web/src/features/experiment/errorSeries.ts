import type { SweptSetting } from '@hourglass/autoencoders'
import type { ChartSeries } from '../../ui/LineChart'
import type { ExperimentMetric, MeasuredSummary } from './experimentMetrics'

interface MeasuredRun {
  readonly summary: MeasuredSummary
  readonly pcaBaseline: { readonly meanSquaredError: number } | null
}

export interface SeriesOptions {
  /** What the runs are. */
  readonly label: string
  readonly swept: SweptSetting
  readonly metric: ExperimentMetric
}

/** Turns an experiment's runs into lines over what they differ in: what they measured, and of the test error PCA's with as many components. */
export function errorSeries(runs: readonly MeasuredRun[], { label, swept: { places }, metric }: SeriesOptions): readonly ChartSeries[] {
  const points = (error: (run: MeasuredRun) => number | null) =>
    runs
      .flatMap((run, index) => {
        const x = places[index]
        const y = error(run)
        return x === undefined || y === null ? [] : [{ x, y }]
      })
      .sort((a, b) => a.x - b.x)
  const { baseline } = metric.row
  const pca = baseline ? points(({ pcaBaseline }) => pcaBaseline?.[baseline] ?? null) : []
  return [
    {
      id: 'autoencoder',
      label,
      colour: 'var(--hg-accent)',
      draw: 'both' as const,
      points: points(({ summary }) => metric.read(summary)),
    },
    ...(pca.length > 0
      ? [{ id: 'pca', label: 'PCA, as many components', colour: 'var(--hg-muted)', dash: [4, 3], draw: 'both' as const, points: pca }]
      : []),
  ]
}
