import { meanAndSpread, type SweptSetting } from '@hourglass/autoencoders'
import { scoredError } from '../../entities/run/pcaBaseline'
import type { RunStatus } from '../../entities/run/runStatus'
import type { ChartSeries } from '../../ui/LineChart'
import type { ExperimentMetric, MeasuredSummary } from './experimentMetrics'

interface MeasuredRun {
  readonly status?: RunStatus
  readonly summary: MeasuredSummary
  readonly pcaBaseline: {
    readonly meanSquaredError: number
    readonly validationMeanSquaredError?: number | null
    /** Whether these are all components that there are. */
    readonly isWhole?: boolean
  } | null
}

export interface SeriesOptions {
  /** What the runs are. */
  readonly label: string
  readonly swept: SweptSetting
  readonly metric: ExperimentMetric
}

/**
 * Turns an experiment's runs into lines over what they differ in: what they measured, and beside the error after epochs PCA's on the same examples, with as many components;
 * of several runs in one place their mean, between lines a standard deviation above and below it.
 */
export function errorSeries(runs: readonly MeasuredRun[], { label, swept: { places }, metric }: SeriesOptions): readonly ChartSeries[] {
  const samples = (error: (run: MeasuredRun) => number | null) => {
    const values = new Map<number, number[]>()
    for (const [index, run] of runs.entries()) {
      const [x, y] = [places[index], error(run)]
      // A mean is of what runs came to, not of the epochs that some of them happen to be at.
      const isUnsettled = places.indexOf(x ?? Number.NaN) !== places.lastIndexOf(x ?? Number.NaN) && run.status !== 'COMPLETED'
      if (x !== undefined && y !== null && !isUnsettled) values.set(x, [...(values.get(x) ?? []), y])
    }
    return [...values].sort(([a], [b]) => a - b).map(([x, ys]) => ({ x, sample: meanAndSpread(ys) }))
  }
  const points = (error: (run: MeasuredRun) => number | null) => samples(error).map(({ x, sample }) => ({ x, y: sample?.mean ?? null }))
  const measured = samples(({ summary }) => metric.read(summary))
  const most = Math.max(1, ...measured.map(({ sample }) => sample?.count ?? 0))
  const beside = (sign: 1 | -1): ChartSeries => ({
    id: sign > 0 ? 'above' : 'below',
    label: sign > 0 ? 'Mean + s.d.' : 'Mean − s.d.',
    colour: 'var(--hg-accent)',
    dash: [2, 3],
    points: measured.map(({ x, sample }) => ({ x, y: sample ? sample.mean + sign * sample.spread : null })),
  })
  const { baseline } = metric.row
  // Of longer codes PCA would need components that there are not: of all there are it gives back what it is given.
  const pca = baseline ? points(({ pcaBaseline }) => (pcaBaseline && !pcaBaseline.isWhole ? scoredError(pcaBaseline) : null)) : []
  return [
    {
      id: 'autoencoder',
      label: most > 1 ? `${label}, mean of ${most} seeds` : label,
      colour: 'var(--hg-accent)',
      draw: 'both' as const,
      points: measured.map(({ x, sample }) => ({ x, y: sample?.mean ?? null })),
    },
    ...(most > 1 ? [beside(1), beside(-1)] : []),
    ...(pca.length > 0
      ? [{ id: 'pca', label: 'PCA, as many components', colour: 'var(--hg-muted)', dash: [4, 3], draw: 'both' as const, points: pca }]
      : []),
  ]
}
