import type { SeriesPoint } from '../../database/SeriesPoint.js'

/**
 * Picks points of a series so that its shape stays: the first and the last, for each name its lowest and its highest, and of each of equal stretches the
 * point that stands out most among its neighbours. Gives at most `maximum` points, unless the extremes of all names alone are more.
 */
export function downsample(points: readonly SeriesPoint[], maximum: number): readonly SeriesPoint[] {
  if (points.length <= maximum) return points
  const columns = columnsOf(points)
  const kept = new Set([0, points.length - 1, ...columns.flatMap(({ lowest, highest }) => [lowest, highest])])
  const stretches = maximum - kept.size
  for (let stretch = 0; stretch < stretches; stretch++) {
    const from = Math.floor((stretch * points.length) / stretches)
    const to = Math.floor(((stretch + 1) * points.length) / stretches)
    kept.add(mostProminent(columns, from, to))
  }
  return [...kept].sort((a, b) => a - b).flatMap((index) => points[index] ?? [])
}

interface Column {
  /** NaN where nothing was measured. */
  readonly values: Float64Array
  /** Places of the extremes, undefined where no value is finite. */
  readonly lowest: number
  readonly highest: number
  readonly range: number
}

function columnsOf(points: readonly SeriesPoint[]): readonly Column[] {
  const names = new Set(points.flatMap(({ values }) => Object.keys(values)))
  return [...names].flatMap((name) => {
    const values = Float64Array.from(points, (point) => point.values[name] ?? Number.NaN)
    let lowest = -1
    let highest = -1
    values.forEach((value, index) => {
      if (!Number.isFinite(value)) return
      if (lowest < 0 || value < (values[lowest] ?? 0)) lowest = index
      if (highest < 0 || value > (values[highest] ?? 0)) highest = index
    })
    return lowest < 0 ? [] : [{ values, lowest, highest, range: (values[highest] ?? 0) - (values[lowest] ?? 0) }]
  })
}

/** The point of a stretch whose value, in any column, is furthest from the line between the stretch's ends, in shares of the column's range. */
function mostProminent(columns: readonly Column[], from: number, to: number): number {
  let best = from
  let most = -1
  for (const { values, range } of columns) {
    const first = values[from] ?? Number.NaN
    const slope = ((values[to - 1] ?? Number.NaN) - first) / Math.max(1, to - 1 - from)
    for (let index = from; index < to; index++) {
      const distance = range === 0 ? 0 : Math.abs((values[index] ?? Number.NaN) - first - slope * (index - from)) / range
      if (distance > most) {
        most = distance
        best = index
      }
    }
  }
  return best
}
