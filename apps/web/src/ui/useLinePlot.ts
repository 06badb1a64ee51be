import { useComputedColorScheme } from '@mantine/core'
import { type RefObject, useEffect, useRef, useState } from 'react'
import uPlot, { type AlignedData } from 'uplot'
import { keepDrawing } from './canvasDrawings'
import type { ChartScale, DrawnLine, XAxis } from './chartData'
import { ASIDE, type ChartOptions, type ChartOverlay, chartOptions, type Zoom } from './chartOptions'
import { drawChart } from './drawChart'
import { paintMagnified } from './paintMagnified'
import { keepSharp } from './sharpCanvases'

export interface LinePlotOptions extends ChartOverlay {
  /** In the order of the columns of the data. */
  readonly lines: readonly DrawnLine[]
  readonly data: AlignedData
  readonly scale: ChartScale
  readonly xLabel: string
  readonly yLabel: string
  readonly xAxis: XAxis | undefined
  readonly height: number
  readonly onPickX: ((x: number) => void) | undefined
  readonly highlighted: string | null
  readonly onHighlight: (of: string | null) => void
  readonly syncKey: string | undefined
}

export interface LinePlot {
  /** The element that the plot is drawn into. */
  readonly host: RefObject<HTMLDivElement | null>
  /** Where the pointer is: the place in the data, and pixels from the left edge. */
  readonly cursor: { readonly index: number; readonly left: number } | null
  readonly isZoomed: boolean
  readonly resetZoom: () => void
}

/** Keeps a plot in an element: new data moves its lines in place and keeps what was zoomed to; what changes the lines themselves makes it anew. */
export function useLinePlot(wanted: LinePlotOptions): LinePlot {
  const { lines, data, scale, xLabel, yLabel, xAxis, height, highlighted, syncKey, referenceLines, markerX } = wanted
  const colourScheme = useComputedColorScheme('light')
  const host = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const zoom = useRef<Zoom | null>(null)
  const [isZoomed, setIsZoomed] = useState(false)
  const [cursor, setCursor] = useState<LinePlot['cursor']>(null)
  const latest = useRef(wanted)
  latest.current = wanted

  const shape = JSON.stringify([
    scale,
    xLabel,
    yLabel,
    xAxis,
    syncKey,
    lines.map(({ series: { id, label, colour, dash, draw, isFaint }, part }) => [id, label, colour, dash, draw, isFaint, part]),
  ])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `shape` stands for everything that is read through `latest`.
  useEffect(() => {
    const element = host.current
    if (!element) return
    const now = latest.current
    const options: ChartOptions = {
      ...now,
      size: { width: element.clientWidth, height },
      overlay: () => latest.current,
      onCursor: ({ cursor: { idx, left = -1 }, over }) =>
        setCursor(typeof idx === 'number' && left >= 0 ? { index: idx, left: left + over.offsetLeft } : null),
      onZoom: (next) => {
        zoom.current = next
        setIsZoomed(next !== null)
      },
      onPickX: (x) => latest.current.onPickX?.(x),
      onNear: (line) => latest.current.onHighlight(line === null ? null : ofLine(latest.current.lines[line])),
    }
    const created = new uPlot(chartOptions(options), now.data, element)
    const forget = keepSharp(created.ctx.canvas, (magnification) =>
      paintMagnified(created, { ...options, magnification }, { data: latest.current.data, zoom: zoom.current }),
    )
    const forgetDrawing = keepDrawing(created.ctx.canvas, () => drawChart(created, latest.current))
    if (zoom.current) created.setScale('x', zoom.current)
    makeOut(created, now)
    plot.current = created
    const observer = new ResizeObserver(() => created.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    return () => {
      forget()
      forgetDrawing()
      observer.disconnect()
      created.destroy()
      plot.current = null
    }
  }, [shape, height])

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

  useEffect(() => {
    const current = plot.current
    if (!current) return
    makeOut(current, { lines: latest.current.lines, highlighted })
    current.redraw(false, false)
  }, [highlighted])

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
  return { host, cursor, isZoomed, resetZoom }
}

/** Tells what a line is of. */
function ofLine(line: DrawnLine | undefined): string | null {
  return line ? (line.series.of ?? line.series.id) : null
}

/** Lets lines step back but for those of what is made out. */
function makeOut(plot: uPlot, { lines, highlighted }: Pick<LinePlotOptions, 'lines' | 'highlighted'>): void {
  const isThere = lines.some((line) => ofLine(line) === highlighted)
  for (const [index, line] of lines.entries()) {
    const series = plot.series[index + 1]
    if (series) series.alpha = !isThere || ofLine(line) === highlighted ? 1 : ASIDE
  }
}
