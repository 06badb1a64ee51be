import type { AlignedData } from 'uplot'

export interface ChartPoint {
  readonly x: number
  readonly y: number | null
}

/** The values that a line stands for the middle of, at one x. */
export interface BandPoint {
  readonly x: number
  readonly low: number
  readonly high: number
}

export interface ChartSeries {
  readonly id: string
  readonly label: string
  /** Any CSS colour; a custom property follows the colour scheme. */
  readonly colour: string
  /** Lengths of strokes and gaps in pixels; none is a solid line. */
  readonly dash?: readonly number[] | undefined
  /** A line, which is the default, its points alone, or both. */
  readonly draw?: 'line' | 'points' | 'both'
  readonly points: readonly ChartPoint[]
  /** Id of what the line is of, such as a run: lines of one are made out together. @default its own id */
  readonly of?: string | undefined
  /** Whether it lies behind another line of the same thing, which stands for it in the legend. */
  readonly isFaint?: boolean
  /** Drawn as an area behind the line. */
  readonly band?: readonly BandPoint[] | undefined
}

/** What an axis of something other than epochs runs over. */
export interface XAxis {
  readonly scale: ChartScale
  /** Where it is marked, in ascending order; without them, wherever there is room. */
  readonly ticks?: readonly { readonly x: number; readonly label: string }[]
  /** Whether it counts seconds. */
  readonly isTime?: boolean
}

export interface ReferenceLine {
  readonly label: string
  readonly value: number
  readonly colour: string
}

export type ChartScale = 'linear' | 'log'

/** Lines as a chart draws them, each with its edges where it has a band. */
export interface DrawnLine {
  readonly series: ChartSeries
  readonly part: 'line' | 'low' | 'high'
}

/** Lists what a chart draws, in order: the edges of bands first, which lie behind all lines. */
export function drawnLines(series: readonly ChartSeries[]): readonly DrawnLine[] {
  const edges = series.filter(({ band }) => band).flatMap((line) => [drawn(line, 'high'), drawn(line, 'low')])
  const faint = series.filter(({ isFaint }) => isFaint)
  const full = series.filter(({ isFaint }) => !isFaint)
  return [...edges, ...[...faint, ...full].map((line) => drawn(line, 'line'))]
}

const drawn = (series: ChartSeries, part: DrawnLine['part']): DrawnLine => ({ series, part })

function valuesOf({ series: { points, band = [] }, part }: DrawnLine): readonly ChartPoint[] {
  return part === 'line' ? points : band.map((point) => ({ x: point.x, y: point[part] }))
}

/**
 * Aligns lines on the union of their x values: a missing x joins its neighbours, a value that cannot be drawn is a gap. The marks of an
 * axis take their places whether or not there is a value yet.
 */
export function toAlignedData(lines: readonly DrawnLine[], scale: ChartScale, axis?: XAxis): AlignedData {
  const xs = new Set(axis?.ticks?.map(({ x }) => x))
  const values = lines.map(valuesOf)
  const isPlaced = (x: number) => isDrawable(x, axis?.scale ?? 'linear')
  for (const points of values) for (const { x } of points) if (isPlaced(x)) xs.add(x)
  const sorted = Float64Array.from(xs).sort()
  const indexOf = new Map(Array.from(sorted, (x, index) => [x, index]))
  const columns = values.map((points) => {
    const column: (number | null | undefined)[] = new Array(sorted.length)
    for (const { x, y } of points) {
      const index = indexOf.get(x)
      if (index !== undefined) column[index] = isDrawable(y, scale) ? y : null
    }
    return column
  })
  return [Array.from(sorted), ...columns]
}

/** Tells whether a value has a place on the scale. */
export function isDrawable(value: number | null | undefined, scale: ChartScale): value is number {
  return typeof value === 'number' && Number.isFinite(value) && (scale === 'linear' || value > 0)
}

/** Says what of the lines has no place in the chart, a sentence; null where everything is drawn. */
export function describeOmitted(series: readonly ChartSeries[], scale: ChartScale): string | null {
  const parts = series
    .filter(({ isFaint }) => !isFaint)
    .flatMap(({ label, points }) => {
      const values = points.map(({ y }) => y).filter((y) => y !== null)
      const unbounded = values.filter((y) => !Number.isFinite(y)).length
      const low = scale === 'log' ? values.filter((y) => Number.isFinite(y) && y <= 0).length : 0
      return [
        ...(low > 0 ? [`${countOf(low, values.length)} of ${label}, at or below 0,`] : []),
        ...(unbounded > 0 ? [`${countOf(unbounded, values.length)} of ${label}, not finite,`] : []),
      ]
    })
  if (parts.length === 0) return null
  const shown = parts.length > MOST_PARTS ? [...parts.slice(0, MOST_PARTS), `those of ${parts.length - MOST_PARTS} more lines`] : parts
  const list = new Intl.ListFormat('en').format(shown)
  return `Not drawn: ${list.endsWith(',') ? list.slice(0, -1) : list}${scale === 'log' ? ' (logarithmic axis)' : ''}.`
}

/** Lines that are named one by one. */
const MOST_PARTS = 3

const countOf = (count: number, total: number) => (count === total ? `all ${total} values` : count === 1 ? '1 value' : `${count} values`)
