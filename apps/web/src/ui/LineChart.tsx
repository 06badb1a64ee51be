'use client'

import { VisuallyHidden } from '@mantine/core'
import { useId, useMemo, useState } from 'react'
import { ChartLegend } from './ChartLegend'
import { ChartTooltip } from './ChartTooltip'
import { type ChartScale, type ChartSeries, describeOmitted, drawnLines, type ReferenceLine, toAlignedData, type XAxis } from './chartData'
import { describeChart } from './describeChart'
import { formatDuration, formatRound } from './formatQuantity'
import classes from './LineChart.module.css'
import { smoothSeries } from './smoothSeries'
import { useLinePlot } from './useLinePlot'

export type { BandPoint, ChartPoint, ChartScale, ChartSeries, ReferenceLine, XAxis } from './chartData'

export interface LineChartProps {
  readonly series: readonly ChartSeries[]
  readonly scale: ChartScale
  readonly referenceLines?: readonly ReferenceLine[]
  readonly xLabel: string
  readonly yLabel: string
  /** What the lines run over, where that is not epochs. */
  readonly xAxis?: XAxis | undefined
  /** Height of the plot in pixels. */
  readonly height?: number
  /** Draws a vertical line here, for example at the epoch that the page shows. */
  readonly markerX?: number | null
  /** Called with the nearest x of the data when the plot is clicked. */
  readonly onPickX?: ((x: number) => void) | undefined
  /** Shown in place of lines while there are none. */
  readonly emptyText?: string
  /** Weight of what came before in the average that is drawn over each line, from 0 to below 1. @default 0 */
  readonly smoothing?: number
  /** What is made out, by the `of` of lines; the others step back. */
  readonly highlighted?: string | null
  /** Called with what the pointer is near, by the `of` of lines. */
  readonly onHighlight?: ((of: string | null) => void) | undefined
  /** Whether it names its lines itself. @default true */
  readonly hasLegend?: boolean
  /** Charts of one key show their values at the same x. */
  readonly syncKey?: string
}

const noReferenceLines: readonly ReferenceLine[] = []
const NOTHING_TO_DRAW = 'No value has a place on this axis'

/**
 * Draws lines over epochs on a canvas. New data moves the lines in place and keeps what was zoomed to; dragging zooms, a double click
 * resets, a click picks an x.
 */
export function LineChart({
  series,
  scale,
  referenceLines = noReferenceLines,
  xLabel,
  yLabel,
  xAxis,
  height = 260,
  markerX = null,
  onPickX,
  emptyText = 'No epochs yet',
  smoothing = 0,
  highlighted = null,
  onHighlight,
  hasLegend = true,
  syncKey,
}: LineChartProps) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [near, setNear] = useState<string | null>(null)
  const titleId = useId()
  const shown = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden])
  const lines = useMemo(() => drawnLines(smoothSeries(shown, smoothing)), [shown, smoothing])
  const data = useMemo(() => toAlignedData(lines, scale, xAxis), [lines, scale, xAxis])
  // A chart by itself makes out what the pointer is near; one of several is told.
  const made = onHighlight ? highlighted : near
  const makeOut = onHighlight ?? setNear
  const { host, cursor, isZoomed, resetZoom } = useLinePlot({
    lines,
    data,
    scale,
    xLabel,
    yLabel,
    xAxis,
    height,
    referenceLines,
    markerX,
    onPickX,
    highlighted: made,
    onHighlight: makeOut,
    syncKey,
  })
  const toggle = (id: string) =>
    setHidden((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]))
  const omitted = useMemo(() => describeOmitted(shown, scale), [shown, scale])
  const isEmpty = series.every(({ points }) => points.length === 0)
  const nothingDrawn = shown.length > 0 && data.slice(1).every((column) => Array.from(column).every((y) => y === null || y === undefined))
  const x = cursor ? data[0]?.[cursor.index] : undefined

  return (
    <figure className={classes.figure} aria-labelledby={titleId} data-testid="line-chart">
      <VisuallyHidden component="figcaption" id={titleId}>
        {describeChart({ series, referenceLines, xLabel, yLabel })}
      </VisuallyHidden>
      <div className={classes.plot} style={{ height }}>
        <div ref={host} className={onPickX ? classes.pickable : undefined} aria-hidden="true" />
        {isEmpty || nothingDrawn ? <div className={classes.empty}>{isEmpty ? emptyText : NOTHING_TO_DRAW}</div> : null}
        {cursor && x !== undefined && !isEmpty ? (
          <ChartTooltip
            title={titleOfX(x, xLabel, xAxis)}
            left={cursor.left}
            chartWidth={host.current?.clientWidth ?? 0}
            highlighted={made}
            rows={lines.flatMap(({ series: line, part }, index) =>
              part === 'line' && !line.isFaint ? [{ line, of: line.of ?? line.id, value: data[index + 1]?.[cursor.index] ?? null }] : [],
            )}
          />
        ) : null}
        {isZoomed ? (
          <button type="button" className={classes.reset} onClick={resetZoom}>
            Reset zoom
          </button>
        ) : null}
      </div>
      {omitted ? (
        <p className={classes.omitted} role="note">
          {omitted}
        </p>
      ) : null}
      {hasLegend && series.length > 0 ? (
        <ChartLegend entries={series} hidden={hidden} onToggle={toggle} highlighted={made} onHighlight={makeOut} />
      ) : null}
    </figure>
  )
}

/** Writes where the pointer is on the axis that lines run over. */
function titleOfX(x: number, xLabel: string, axis: XAxis | undefined): string {
  const mark = axis?.ticks?.find((tick) => tick.x === x && tick.label !== String(x))
  if (mark) return mark.label
  return axis?.isTime ? formatDuration(x) : `${xLabel} ${formatRound(x)}`
}
