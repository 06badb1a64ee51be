import type { ChartPoint, ChartSeries } from './chartData'

/**
 * Smooths values by an exponential moving average without its bias to the first value:
 *
 *     sₜ = (Σₖ w^(t−k) yₖ) / (Σₖ w^(t−k))
 *
 * over the finite values so far, w from 0 (as they are) to below 1. A value that is missing or not finite stays so, and leaves the average as it was.
 */
export function smoothPoints(points: readonly ChartPoint[], weight: number): readonly ChartPoint[] {
  let sum = 0
  let total = 0
  return points.map(({ x, y }) => {
    if (y === null || !Number.isFinite(y)) return { x, y }
    sum = sum * weight + y
    total = total * weight + 1
    return { x, y: sum / total }
  })
}

/** Sets a smoothed line before each line of a chart, which stays behind it, faint. Points without a line, and lines of two points, stay alone. */
export function smoothSeries(series: readonly ChartSeries[], weight: number): readonly ChartSeries[] {
  if (weight <= 0) return series
  return series.flatMap((line) => {
    if (line.draw === 'points' || line.points.length < 3 || line.band) return [line]
    return [
      { ...line, id: `${line.id} raw`, isFaint: true, of: line.of ?? line.id },
      { ...line, of: line.of ?? line.id, points: smoothPoints(line.points, weight) },
    ]
  })
}
