import uPlot from 'uplot'
import { type ChartScale, type DrawnLine, isDrawable, type ReferenceLine, type XAxis } from './chartData'
import { nameLonePoints, spacedPoints } from './chartPoints'
import { labelLogSplits, labelSplits, labelTimes, linearSplits, logSplits, timeSplits } from './chartTicks'
import { formatCount } from './formatQuantity'

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
  /** In the order of the columns of its data. */
  readonly lines: readonly DrawnLine[]
  readonly scale: ChartScale
  readonly xLabel: string
  readonly yLabel: string
  readonly xAxis: XAxis | undefined
  readonly size: { readonly width: number; readonly height: number }
  readonly overlay: () => ChartOverlay
  readonly onCursor: (plot: uPlot) => void
  readonly onZoom: (zoom: Zoom | null) => void
  readonly onPickX: (x: number) => void
  /** Told the place among the lines of the one that the pointer is near, or null. */
  readonly onNear: (line: number | null) => void
  /** Charts of one key show their values at the same x. */
  readonly syncKey?: string | undefined
  /** How many pixels each of its pixels takes, where it is drawn for a file. @default 1 */
  readonly magnification?: number
}

export const FONT_PX = 11
const fontOf = (pixels: number) => `${pixels}px 'Inter Variable', system-ui, sans-serif`
const DRAG_DISTANCE_PX = 6
/** How near the pointer makes a line out. */
const NEAR_PX = 24
const LOG_MARGIN = 1.3
/** Opacity of what lies behind, of bands, and of lines while others are made out. */
export const FAINT = 0.28
export const BAND = 0.16
export const ASIDE = 0.14
/** From one mark of the axis of heights to the next, about. */
const TICK_DISTANCE_PX = 42
/** From one mark of the other axis to the next. */
const MARK_DISTANCE_PX = 80
/** Width of the axis of heights beside its labels, and the least in all. */
const AXIS_MARGIN_PX = 10
const LEAST_AXIS_PX = 54

/** Describes the chart for uPlot: colours resolve at every draw, so that a change of colour scheme needs only a redraw. */
export function chartOptions({
  lines,
  scale,
  xLabel,
  yLabel,
  xAxis,
  size,
  overlay,
  onCursor,
  onZoom,
  onPickX,
  onNear,
  syncKey,
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
    focus: { alpha: 1 },
    cursor: {
      y: false,
      drag: { x: true, y: false, dist: DRAG_DISTANCE_PX, setScale: true },
      points: { size: 7 },
      focus: { prox: NEAR_PX },
      ...(syncKey === undefined ? {} : { sync: { key: syncKey, scales: ['x', null], setSeries: false } }),
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
      y: { distr: scale === 'log' ? 3 : 1, range: (_plot, min, max) => rangeOf([min, max], scale, overlay().referenceLines) },
    },
    axes: [
      { ...axis(xLabel), size: px(26), labelSize: px(18), space: px(50), ...marksOf(xAxis, px) },
      {
        ...axis(yLabel),
        size: (plot, labels) => px(Math.max(LEAST_AXIS_PX, widestOf(plot, labels, font) / px(uPlot.pxRatio) + AXIS_MARGIN_PX)),
        labelSize: px(20),
        space: px(30),
        incrs: anyDistance,
        // biome-ignore lint/complexity/useMaxParams: uPlot calls it with these.
        splits: (plot, _axis, min, max) => {
          const count = plot.bbox.height / (px(uPlot.pxRatio) * TICK_DISTANCE_PX)
          return scale === 'log' ? logSplits(min, max, count) : linearSplits(min, max, count)
        },
        filter: (_plot, splits) => splits,
        values: (_plot, splits) => (scale === 'log' ? labelLogSplits(splits) : labelSplits(splits)),
      },
    ],
    series: [{}, ...lines.map((line) => drawLine(line, px))],
    bands: lines.flatMap(({ part, series: { colour } }, index) =>
      part === 'high'
        ? [{ series: [index + 1, index + 2] as [number, number], fill: (plot: uPlot) => withOpacity(resolveColour(plot, colour), BAND) }]
        : [],
    ),
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
          nameLonePoints(
            plot,
            lines.map(({ series }) => series),
            { density, font: fontOf(FONT_PX * density), ink: resolveColour(plot, 'var(--hg-muted)') },
          )
        },
      ],
      setCursor: [onCursor],
      setSeries: [(_plot, index) => onNear(index === null ? null : index - 1)],
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

function drawLine(
  { series: { label, colour, dash, draw = 'line', isFaint }, part }: DrawnLine,
  px: (pixels: number) => number,
): uPlot.Series {
  const isLine = part === 'line'
  return {
    label,
    stroke: (plot) => (isFaint ? withOpacity(resolveColour(plot, colour), FAINT) : resolveColour(plot, colour)),
    width: draw === 'points' || !isLine ? 0 : px(isFaint ? 1 : 1.5),
    ...(dash ? { dash: dash.map(px) } : {}),
    points: {
      show: (plot, index) => isLine && !isFaint && (draw !== 'line' || showsPoints(plot, index)),
      size: px(draw === 'line' ? 6 : 7),
      filter: (plot, index, shown) => (shown ? spacedPoints(plot, index, px(9)) : null),
      fill: (plot) => resolveColour(plot, colour),
    },
  }
}

/** Measures the widest label in pixels of the canvas. */
function widestOf({ ctx }: uPlot, labels: readonly (string | number | null)[] | null, font: string): number {
  ctx.save()
  ctx.font = font.replace(/^[\d.]+px/, (pixels) => `${Number.parseFloat(pixels) * uPlot.pxRatio}px`)
  const widths = (labels ?? []).map((label) => ctx.measureText(String(label ?? '')).width)
  ctx.restore()
  return Math.max(0, ...widths)
}

/** Makes a colour partly transparent. */
function withOpacity(colour: string, opacity: number): string {
  return `color-mix(in srgb, ${colour} ${100 * opacity}%, transparent)`
}

/** Says where the axis that lines run over is marked: at whole epochs or steps, at round times, or where it says. */
function marksOf(axis: XAxis | undefined, px: (pixels: number) => number): Pick<uPlot.Axis, 'incrs' | 'splits' | 'values' | 'filter'> {
  const ticks = axis?.ticks
  if (ticks) {
    return {
      splits: () => ticks.map(({ x }) => x),
      // On a logarithmic axis uPlot keeps powers of ten only.
      filter: (_plot, splits) => splits,
      values: (_plot, splits) => splits.map((split) => ticks.find(({ x }) => x === split)?.label ?? ''),
    }
  }
  const choose = axis?.scale === 'log' ? logSplits : axis?.isTime ? timeSplits : wholeSplits
  return {
    incrs: anyDistance,
    // biome-ignore lint/complexity/useMaxParams: uPlot calls it with these.
    splits: (plot, _axis, min, max) => choose(min, max, plot.bbox.width / (px(uPlot.pxRatio) * MARK_DISTANCE_PX)),
    filter: (_plot, splits) => splits,
    values: (_plot, splits) =>
      axis?.scale === 'log' ? labelLogSplits(splits) : axis?.isTime ? labelTimes(splits) : splits.map(formatCount),
  }
}

/** uPlot draws no axis whose marks are farther apart than those it knows, up to 1e16; which ones are drawn is chosen apart from that. */
// biome-ignore lint/complexity/useMaxParams: uPlot calls it with these.
const anyDistance = (_plot: uPlot, _axis: number, min: number, max: number) => [Math.max(5, max - min)]

function wholeSplits(min: number, max: number, count: number): number[] {
  return linearSplits(min, max, count).filter(Number.isInteger)
}

/** Leaves room beside the first and the last mark, where epochs fill the axis. */
function xRangeOf(min: number, max: number, axis: XAxis | undefined): uPlot.Range.MinMax {
  if (axis?.scale === 'log') return [min / LOG_MARGIN, max * LOG_MARGIN]
  if (min === max) return [min - 0.5, max + 0.5]
  const margin = axis?.ticks ? (max - min) * 0.04 : 0
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

function rangeOf(measured: readonly (number | null)[], scale: ChartScale, references: readonly ReferenceLine[]): uPlot.Range.MinMax {
  const values = [...measured, ...references.map(({ value }) => value)].filter((value) => isDrawable(value, scale))
  if (values.length === 0) return scale === 'log' ? [0.01, 1] : [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  if (scale === 'log') return low === high ? [low / 10, low * 10] : [low / LOG_MARGIN, high * LOG_MARGIN]
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
