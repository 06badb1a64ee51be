import type { AlignedData } from 'uplot'

export interface ChartPoint {
  readonly x: number
  readonly y: number | null
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
}

/** An axis of something other than epochs. */
export interface XAxis {
  readonly scale: ChartScale
  /** Where it is marked, in ascending order. */
  readonly ticks: readonly { readonly x: number; readonly label: string }[]
}

export interface ReferenceLine {
  readonly label: string
  readonly value: number
  readonly colour: string
}

export type ChartScale = 'linear' | 'log'

/**
 * Aligns series on the union of their x values: a missing x joins its neighbours, a value that cannot be drawn is a gap. The marks of an
 * axis take their places whether or not there is a value yet.
 */
export function toAlignedData(series: readonly ChartSeries[], scale: ChartScale, axis?: XAxis): AlignedData {
  const marked = axis?.ticks.map(({ x }) => x) ?? []
  const xs = [...new Set([...marked, ...series.flatMap(({ points }) => points.map(({ x }) => x))])].sort((a, b) => a - b)
  const indexOf = new Map(xs.map((x, index) => [x, index]))
  const columns = series.map(({ points }) => {
    const column: (number | null | undefined)[] = new Array(xs.length)
    for (const { x, y } of points) column[indexOf.get(x) ?? 0] = isDrawable(y, scale) ? y : null
    return column
  })
  return [xs, ...columns]
}

/** Tells whether a value has a place on the scale. */
export function isDrawable(value: number | null | undefined, scale: ChartScale): value is number {
  return typeof value === 'number' && Number.isFinite(value) && (scale === 'linear' || value > 0)
}
