import uPlot from 'uplot'
import { type ChartScale, type ChartSeries, isDrawable, type ReferenceLine, type XAxis } from './chartData'
import { nameLonePoints, spacedPoints } from './chartPoints'
import { formatRound } from './formatQuantity'

export interface Zoom {
  readonly min: number
  readonly max: number
}

/** What the canvas draws besides its series; read at every draw, so that a change needs no new chart. */
export interface ChartOverlay {
  readonly referenceLines: readonly ReferenceLine[]
  readonly markerX: number | null
}

export interface ChartOptions {
  readonly series: readonly ChartSeries[]
  readonly scale: ChartScale
  readonly xLabel: string
  readonly yLabel: string
  readonly xAxis: XAxis | undefined
  readonly size: { readonly width: number; readonly height: number }
  readonly overlay: () => ChartOverlay
  readonly onCursor: (plot: uPlot) => void
  readonly onZoom: (zoom: Zoom | null) => void
  readonly onPickX: (x: number) => void
  /** How many pixels each of its pixels takes, where it is drawn for a file. @default 1 */
  readonly magnification?: number
}

const FONT_PX = 11
const fontOf = (pixels: number) => `${pixels}px 'Inter Variable', system-ui, sans-serif`
const DRAG_DISTANCE_PX = 6
const LOG_MARGIN = 1.3
/** Distances between ticks of epochs: 1, 2, 5, 10, 20, … */
const wholeSteps = [1, 10, 100, 1_000, 10_000].flatMap((decade) => [1, 2, 5].map((digit) => digit * decade))

/** Describes the chart for uPlot: colours resolve at every draw, so that a change of colour scheme needs only a redraw. */
export function chartOptions({
  series,
  scale,
  xLabel,
  yLabel,
  xAxis,
  size,
  overlay,
  onCursor,
  onZoom,
  onPickX,
  magnification = 1,
}: ChartOptions): uPlot.Options {
  const px = (pixels: number) => pixels * magnification
  const font = fontOf(px(FONT_PX))
  const axis = (label: string): uPlot.Axis => ({
    label,
    font,
    labelFont: font,
    gap: px(5),
    labelGap: px(2),
    stroke: (plot) => resolveColour(plot, 'var(--hg-muted)'),
    grid: { stroke: (plot) => resolveColour(plot, 'var(--hg-line)'), width: px(1) },
    ticks: { show: false },
  })
  return {
    ...size,
    padding: [px(10), px(14), 0, 0],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, dist: DRAG_DISTANCE_PX, setScale: true },
      points: { size: 7 },
      bind: {
        dblclick: (plot) => () => {
          onZoom(null)
          plot.setData(plot.data)
          return null
        },
      },
    },
    scales: {
      x: { time: false, distr: xAxis?.scale === 'log' ? 3 : 1, range: (_plot, min, max) => xRangeOf(min, max, xAxis) },
      y: { distr: scale === 'log' ? 3 : 1, range: (_plot, min, max) => rangeOf(min, max, scale, overlay().referenceLines) },
    },
    axes: [
      {
        ...axis(xLabel),
        size: px(26),
        labelSize: px(18),
        space: px(50),
        ...(xAxis ? markedAt(xAxis) : atWholeSteps),
      },
      {
        ...axis(yLabel),
        size: px(54),
        labelSize: px(20),
        space: px(30),
        values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : formatRound(tick))),
      },
    ],
    series: [
      {},
      ...series.map(
        ({ label, colour, dash, draw = 'line' }): uPlot.Series => ({
          label,
          stroke: (plot) => resolveColour(plot, colour),
          width: draw === 'points' ? 0 : px(1.5),
          ...(dash ? { dash: dash.map(px) } : {}),
          points: {
            show: (plot, index) => draw !== 'line' || showsPoints(plot, index),
            size: px(draw === 'line' ? 6 : 7),
            filter: (plot, index, shown) => (shown ? spacedPoints(plot, index, px(9)) : null),
            fill: (plot) => resolveColour(plot, colour),
          },
        }),
      ),
    ],
    hooks: {
      // uPlot binds clicks on its legend only; it swallows those that end a drag.
      ready: [
        (plot) =>
          plot.over.addEventListener('click', (event) => {
            const x = plot.data[0]?.[plot.posToIdx(event.offsetX)]
            if (event.detail === 1 && x !== undefined) onPickX(x)
          }),
      ],
      draw: [
        (plot) => drawOverlay(plot, { ...overlay(), scale, density: px(uPlot.pxRatio) }),
        (plot) => {
          const density = px(uPlot.pxRatio)
          nameLonePoints(plot, series, { density, font: fontOf(FONT_PX * density), ink: resolveColour(plot, 'var(--hg-muted)') })
        },
      ],
      setCursor: [onCursor],
      setSelect: [
        (plot) => {
          if (plot.select.width < DRAG_DISTANCE_PX) return
          const min = plot.posToVal(plot.select.left, 'x')
          const max = plot.posToVal(plot.select.left + plot.select.width, 'x')
          onZoom({ min, max })
        },
      ],
    },
  }
}

const atWholeSteps: Pick<uPlot.Axis, 'incrs' | 'values'> = {
  incrs: wholeSteps,
  values: (_plot, ticks) => ticks.map((tick) => (Number.isInteger(tick) ? String(tick) : '')),
}

function markedAt({ ticks }: XAxis): Pick<uPlot.Axis, 'splits' | 'values' | 'filter'> {
  return {
    splits: () => ticks.map(({ x }) => x),
    // On a logarithmic axis uPlot keeps powers of ten only.
    filter: (_plot, splits) => splits,
    values: (_plot, splits) => splits.map((split) => ticks.find(({ x }) => x === split)?.label ?? ''),
  }
}

/** Leaves room beside the first and the last mark, where epochs fill the axis. */
function xRangeOf(min: number, max: number, axis: XAxis | undefined): uPlot.Range.MinMax {
  if (axis?.scale === 'log') return [min / LOG_MARGIN, max * LOG_MARGIN]
  if (min === max) return [min - 0.5, max + 0.5]
  const margin = axis ? (max - min) * 0.04 : 0
  return [min - margin, max + margin]
}

/** Lone points would be invisible as a line; many would be noise. */
function showsPoints(plot: uPlot, index: number): boolean {
  const column = plot.data[index]
  if (!column) return false
  let count = 0
  for (const value of column) if (value !== null && value !== undefined && ++count > 2) return false
  return true
}

function rangeOf(min: number | null, max: number | null, scale: ChartScale, references: readonly ReferenceLine[]): uPlot.Range.MinMax {
  const values = [min, max, ...references.map(({ value }) => value)].filter((value) => isDrawable(value, scale))
  if (values.length === 0) return scale === 'log' ? [0.01, 1] : [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  // uPlot walks a logarithmic axis from its minimum in steps of that decade, and never arrives from anywhere else.
  if (scale === 'log') return uPlot.rangeLog(low, high, 10, false)
  const space = (high - low || Math.abs(high) || 1) * 0.06
  return [low >= 0 ? Math.max(0, low - space) : low - space, high + space]
}

interface DrawnOverlay extends ChartOverlay {
  readonly scale: ChartScale
  /** Pixels of the canvas for each of the chart. */
  readonly density: number
}

function drawOverlay(plot: uPlot, { referenceLines, markerX, scale, density }: DrawnOverlay): void {
  const { ctx, bbox } = plot
  ctx.save()
  ctx.beginPath()
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height)
  ctx.clip()
  ctx.lineWidth = density
  if (markerX !== null) {
    const x = Math.round(plot.valToPos(markerX, 'x', true)) + 0.5
    ctx.strokeStyle = resolveColour(plot, 'var(--hg-accent)')
    strokeLine(ctx, [x, bbox.top], [x, bbox.top + bbox.height])
  }
  for (const { label, value, colour } of referenceLines) {
    if (!isDrawable(value, scale)) continue
    const y = Math.round(plot.valToPos(value, 'y', true)) + 0.5
    ctx.strokeStyle = resolveColour(plot, colour)
    ctx.setLineDash([2 * density, 3 * density])
    strokeLine(ctx, [bbox.left, y], [bbox.left + bbox.width, y])
    ctx.setLineDash([])
    ctx.fillStyle = resolveColour(plot, colour)
    ctx.font = fontOf(FONT_PX * density)
    ctx.textAlign = 'right'
    ctx.textBaseline = y - bbox.top > 16 * density ? 'bottom' : 'top'
    ctx.fillText(label, bbox.left + bbox.width - 2 * density, y + (ctx.textBaseline === 'bottom' ? -3 : 3) * density)
  }
  ctx.restore()
}

function strokeLine(context: CanvasRenderingContext2D, from: readonly [number, number], to: readonly [number, number]): void {
  context.beginPath()
  context.moveTo(...from)
  context.lineTo(...to)
  context.stroke()
}

/** Reads a custom property, which a canvas cannot. */
function resolveColour(plot: uPlot, colour: string): string {
  const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1]
  return name ? getComputedStyle(plot.root).getPropertyValue(name).trim() : colour
}
