import { type EpochMeasurement, type EpochValueId, stepsPerEpoch } from '@hourglass/autoencoders'
import { type CurveAxis, epochPlaces } from '../../entities/metric/epochPlaces'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import type { BandPoint, ChartPoint, ChartSeries } from '../../ui/LineChart'
import type { Spread } from './compareView'
import { configOf, type RunGroup } from './runGroups'

/** Most places that the curve of several runs is averaged at. */
const MOST_PLACES = 1024

/** Turns groups of runs into the lines of one measurement: of one run as it is, of several their mean with a band. */
export function groupCurves(
  groups: readonly RunGroup[],
  row: EpochMeasurement,
  { x, spread }: { readonly x: CurveAxis; readonly spread: Spread },
): readonly ChartSeries[] {
  return groups.map(({ key, label, runs, style }) => {
    const curves = runs.map((run) => runCurve(run, row.id, x))
    const line = { id: `${key} ${row.id}`, of: key, label, ...style }
    const [only = []] = curves
    return curves.length === 1 ? { ...line, points: only } : { ...line, ...averageCurves(curves, spread) }
  })
}

/** Lays the values of a run along an axis. */
function runCurve(run: ComparedRun, id: EpochValueId, axis: CurveAxis): readonly ChartPoint[] {
  const config = configOf(run)
  const places = epochPlaces(run.metrics, axis, stepsPerEpoch(config, config.data.trainCount ?? run.dataset.trainCount))
  return run.metrics.map((metric, index) => ({
    x: places[index] ?? Number.NaN,
    y: (metric as { readonly [name in EpochValueId]?: number | null })[id] ?? null,
  }))
}

/**
 * Averages curves wherever any of them has a value, each between its values as the line that joins them and not beyond its ends; with a band of one standard
 * deviation of the sample to each side, or from the lowest to the highest.
 */
export function averageCurves(
  curves: readonly (readonly ChartPoint[])[],
  spread: Spread,
): { readonly points: readonly ChartPoint[]; readonly band: readonly BandPoint[] } {
  const finite = curves.map((points) =>
    points.filter((point): point is { x: number; y: number } => point.y !== null && Number.isFinite(point.y) && Number.isFinite(point.x)),
  )
  const places = thinOut([...new Set(finite.flatMap((points) => points.map(({ x }) => x)))].sort((a, b) => a - b))
  const readers = finite.map(interpolate)
  const points: ChartPoint[] = []
  const band: BandPoint[] = []
  for (const x of places) {
    const values = readers.flatMap((read) => read(x) ?? [])
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    points.push({ x, y: mean })
    if (values.length < 2) continue
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
    band.push(
      spread === 'range'
        ? { x, low: Math.min(...values), high: Math.max(...values) }
        : { x, low: mean - deviation, high: mean + deviation },
    )
  }
  return { points, band }
}

/** Keeps at most {@link MOST_PLACES} of places, evenly, the first and the last among them. */
function thinOut(places: readonly number[]): readonly number[] {
  if (places.length <= MOST_PLACES) return places
  const stride = (places.length - 1) / (MOST_PLACES - 1)
  return Array.from({ length: MOST_PLACES }, (_, index) => places[Math.round(index * stride)] ?? 0)
}

/** Reads a curve at ascending places, between two points on the line that joins them; null beyond its ends. */
function interpolate(points: readonly { readonly x: number; readonly y: number }[]): (x: number) => number | null {
  let next = 0
  return (x) => {
    while (next < points.length && (points[next]?.x ?? 0) < x) next++
    const [before, after] = [points[next - 1], points[next]]
    if (!after) return null
    if (after.x === x) return after.y
    if (!before) return null
    return before.y + ((x - before.x) / (after.x - before.x)) * (after.y - before.y)
  }
}
