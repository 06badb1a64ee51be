import { type EpochMetricId, epochMetricCatalog } from '@hourglass/autoencoders'

export interface EpochPoint extends Readonly<Record<EpochMetricId, number | null>> {
  readonly epoch: number
  readonly trainLoss: number | null
  readonly validationLoss: number | null
  readonly validationMeanSquaredError: number | null
}

/** What the curves of a run can show. */
export const shownMetrics = ['loss', 'mse', ...epochMetricCatalog.map(({ id }) => id)] as const
export type ShownMetric = (typeof shownMetrics)[number]

export interface Curve {
  readonly id: string
  readonly label: string
  readonly colour: string
  readonly dash?: readonly number[]
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** Turns a run's metrics into the curves of one chart; epochs without a finite value are left out. */
export function curvesOf(metrics: readonly EpochPoint[], { metric, colour }: { metric: ShownMetric; colour: string }): readonly Curve[] {
  const points = (value: (point: EpochPoint) => number | null) =>
    metrics.flatMap((point) => {
      const y = value(point)
      return y !== null && Number.isFinite(y) ? [{ x: point.epoch, y }] : []
    })
  if (metric === 'loss') {
    return [
      { id: 'training', label: 'Training', colour, dash: [4, 3], points: points((point) => point.trainLoss) },
      { id: 'validation', label: 'Validation', colour, points: points((point) => point.validationLoss) },
    ]
  }
  const read = metric === 'mse' ? 'validationMeanSquaredError' : metric
  return [{ id: `validation-${metric}`, label: 'Validation', colour, points: points((point) => point[read]) }]
}

/** Lists what of a run can be shown: the loss, and whatever an epoch of it measured. */
export function metricsOf(metrics: readonly EpochPoint[], lossIsMse: boolean): readonly ShownMetric[] {
  return ['loss', ...(lossIsMse ? [] : (['mse'] as const)), ...tellingMetrics(metrics).map(({ id }) => id)]
}

type Measured = Omit<EpochPoint, 'epoch' | 'trainLoss' | 'validationMeanSquaredError'>

/** Lists the metrics that epochs measured; without regularizer and divergence the reconstruction error is the loss once more. */
export function tellingMetrics(metrics: readonly Measured[]) {
  return epochMetricCatalog.filter(({ id }) =>
    metrics.some((point) => point[id] !== null && (id !== 'validationReconstructionError' || point[id] !== point.validationLoss)),
  )
}
