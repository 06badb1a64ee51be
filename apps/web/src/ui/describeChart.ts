import type { ChartSeries, ReferenceLine } from './chartData'
import { formatLoss } from './formatQuantity'

export interface DescribedChart {
  readonly series: readonly ChartSeries[]
  readonly referenceLines: readonly ReferenceLine[]
  readonly xLabel: string
  readonly yLabel: string
}

/** Says in sentences what the chart shows: where each line begins and ends, and its lowest point. */
export function describeChart({ series, referenceLines, xLabel, yLabel }: DescribedChart): string {
  const lines = series.map(({ label, points }) => {
    const known = points.filter((point): point is { x: number; y: number } => point.y !== null && Number.isFinite(point.y))
    const [first, last] = [known[0], known.at(-1)]
    if (!first || !last) return `${label}: no values yet.`
    const lowest = known.reduce((best, point) => (point.y < best.y ? point : best))
    const at = (point: { x: number; y: number }) => `${formatLoss(point.y)} at ${xLabel.toLowerCase()} ${point.x}`
    return first === last ? `${label}: ${at(first)}.` : `${label}: from ${at(first)} to ${at(last)}, lowest ${at(lowest)}.`
  })
  const references = referenceLines.map(({ label, value }) => `${label}: ${formatLoss(value)}.`)
  return [`${yLabel} by ${xLabel.toLowerCase()}.`, ...lines, ...references].join(' ')
}
