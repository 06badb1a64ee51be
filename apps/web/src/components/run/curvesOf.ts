export interface EpochPoint {
  readonly epoch: number
  readonly trainLoss: number | null
  readonly validationLoss: number | null
  readonly validationMeanSquaredError: number | null
}

export interface Curve {
  readonly id: string
  readonly label: string
  readonly colour: string
  readonly dash?: readonly number[]
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** Turns a run's metrics into the curves of one chart; epochs without a finite value are left out. */
export function curvesOf(metrics: readonly EpochPoint[], { metric, colour }: { metric: 'loss' | 'mse'; colour: string }): readonly Curve[] {
  const points = (value: (point: EpochPoint) => number | null) =>
    metrics.flatMap((point) => {
      const y = value(point)
      return y !== null && Number.isFinite(y) ? [{ x: point.epoch, y }] : []
    })
  if (metric === 'mse') {
    return [{ id: 'validation-mse', label: 'Validation', colour, points: points((point) => point.validationMeanSquaredError) }]
  }
  return [
    { id: 'training', label: 'Training', colour, dash: [4, 3], points: points((point) => point.trainLoss) },
    { id: 'validation', label: 'Validation', colour, points: points((point) => point.validationLoss) },
  ]
}
