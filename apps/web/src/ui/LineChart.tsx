'use client'

import { useComputedColorScheme, VisuallyHidden } from '@mantine/core'
import { type CSSProperties, useEffect, useId, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import { ChartTooltip } from './ChartTooltip'
import { type ChartScale, type ChartSeries, type ReferenceLine, toAlignedData, type XAxis } from './chartData'
import { type ChartOptions, type ChartOverlay, chartOptions, type Zoom } from './chartOptions'
import { describeChart } from './describeChart'
import classes from './LineChart.module.css'
import { paintMagnified } from './paintMagnified'
import { keepSharp } from './sharpCanvases'

export type { ChartPoint, ChartScale, ChartSeries, ReferenceLine, XAxis } from './chartData'

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
}

const noReferenceLines: readonly ReferenceLine[] = []

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
}: LineChartProps) {
  const colourScheme = useComputedColorScheme('light')
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const zoom = useRef<Zoom | null>(null)
  const overlay = useRef<ChartOverlay>({ referenceLines, markerX })
  const pick = useRef(onPickX)
  const [isZoomed, setIsZoomed] = useState(false)
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set())
  const [cursor, setCursor] = useState<{ index: number; left: number } | null>(null)
  const titleId = useId()

  const shown = useMemo(() => series.filter(({ id }) => !hidden.has(id)), [series, hidden])
  const data = useMemo(() => toAlignedData(shown, scale, xAxis), [shown, scale, xAxis])
  const latest = useRef({ shown, data })
  latest.current = { shown, data }
  overlay.current = { referenceLines, markerX }
  pick.current = onPickX

  // Whatever changes the lines themselves needs a new plot; new points do not.
  const lines = JSON.stringify([
    scale,
    xLabel,
    yLabel,
    xAxis,
    shown.map(({ id, label, colour, dash, draw }) => [id, label, colour, dash, draw]),
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `lines` stands for everything that is read through `latest`.
  useEffect(() => {
    const element = host.current
    if (!element) return
    const keepZoom = (next: Zoom | null) => {
      zoom.current = next
      setIsZoomed(next !== null)
    }
    const options: ChartOptions = {
      series: latest.current.shown,
      scale,
      xLabel,
      yLabel,
      xAxis,
      size: { width: element.clientWidth, height },
      overlay: () => overlay.current,
      onCursor: ({ cursor: { idx, left = -1 }, over }) =>
        setCursor(typeof idx === 'number' && left >= 0 ? { index: idx, left: left + over.offsetLeft } : null),
      onZoom: keepZoom,
      onPickX: (x) => pick.current?.(x),
    }
    const created = new uPlot(chartOptions(options), latest.current.data, element)
    const forget = keepSharp(created.ctx.canvas, (magnification) =>
      paintMagnified(created, { ...options, magnification }, { data: latest.current.data, zoom: zoom.current }),
    )
    if (zoom.current) created.setScale('x', zoom.current)
    plot.current = created
    const observer = new ResizeObserver(() => created.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      forget()
      observer.disconnect()
      created.destroy()
      plot.current = null
    }
  }, [lines, height])

  useEffect(() => {
    const current = plot.current
    if (!current || current.data === data) return
    const kept = zoom.current
    if (!kept) current.setData(data)
    else {
      current.batch(() => {
        current.setData(data, false)
        current.setScale('x', kept)
      })
    }
  }, [data])

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are read while drawing.
  useEffect(() => {
    const current = plot.current
    if (!current) return
    // The y scale makes room for reference lines, and is only worked out along with x. New data may still wait to be
    // drawn, so the range of x on screen must not be set again.
    if (zoom.current) current.setScale('x', zoom.current)
    else current.setData(latest.current.data)
    current.redraw(false, true)
  }, [referenceLines, markerX, colourScheme])

  const resetZoom = () => {
    zoom.current = null
    setIsZoomed(false)
    plot.current?.setData(latest.current.data)
  }
  const toggle = (id: string) =>
    setHidden((before) => new Set(before.has(id) ? [...before].filter((other) => other !== id) : [...before, id]))
  const isEmpty = series.every(({ points }) => points.length === 0)
  const x = cursor ? data[0]?.[cursor.index] : undefined

  return (
    <figure className={classes.figure} aria-labelledby={titleId} data-testid="line-chart">
      <VisuallyHidden component="figcaption" id={titleId}>
        {describeChart({ series, referenceLines, xLabel, yLabel })}
      </VisuallyHidden>
      <div className={classes.plot} style={{ height }}>
        <div ref={host} className={onPickX ? classes.pickable : undefined} aria-hidden="true" />
        {isEmpty ? <div className={classes.empty}>{emptyText}</div> : null}
        {cursor && x !== undefined && !isEmpty ? (
          <ChartTooltip
            title={xAxis?.ticks.find((tick) => tick.x === x && tick.label !== String(x))?.label ?? `${xLabel} ${x}`}
            left={cursor.left}
            chartWidth={host.current?.clientWidth ?? 0}
            rows={shown.map(({ id, label, colour }, index) => ({ id, label, colour, value: data[index + 1]?.[cursor.index] ?? null }))}
          />
        ) : null}
        {isZoomed ? (
          <button type="button" className={classes.reset} onClick={resetZoom}>
            Reset zoom
          </button>
        ) : null}
      </div>
      {series.length > 0 ? (
        <ul className={classes.legend} aria-label="Lines">
          {series.map(({ id, label, colour, dash, draw }) => (
            <li key={id}>
              <button type="button" className={classes.key} aria-pressed={!hidden.has(id)} onClick={() => toggle(id)}>
                <span
                  className={classes.swatch}
                  data-draw={draw}
                  style={{ '--key-colour': colour, '--key-style': dash ? 'dashed' : 'solid' } as CSSProperties}
                />
                <span className={classes.keyText}>{label}</span>
              </button>
            </li>
          ))}
        </ul>
      ) : null}
    </figure>
  )
}
