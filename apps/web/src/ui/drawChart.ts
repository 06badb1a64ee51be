import type uPlot from 'uplot'
import { type ChartScale, type DrawnLine, isDrawable } from './chartData'
import { BAND, type ChartOverlay, FAINT, FONT_PX } from './chartOptions'
import { lonePoints, spreadOut } from './chartPoints'
import { formatLoss } from './formatQuantity'
import { filledWith, plainColour, strokedWith, svgElement } from './svgElement'

interface ShownChart extends ChartOverlay {
  /** In the order of the columns of the data. */
  readonly lines: readonly DrawnLine[]
  readonly scale: ChartScale
  readonly xLabel: string
  readonly yLabel: string
}

/** What of a chart its parts are drawn with. */
interface Pen {
  readonly plot: uPlot
  /** Of the plot within the chart, in CSS pixels. */
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  readonly across: (x: number) => number
  readonly down: (y: number) => number
  readonly colourOf: (colour: string) => ReturnType<typeof plainColour>
}

/** Draws what a chart shows now, as it is zoomed, as lines and text in its own size. */
export function drawChart(plot: uPlot, shown: ShownChart): SVGElement {
  const { over } = plot
  const style = getComputedStyle(plot.root)
  const [left, top] = [over.offsetLeft, over.offsetTop]
  const pen: Pen = {
    plot,
    left,
    top,
    width: over.clientWidth,
    height: over.clientHeight,
    across: (x) => left + plot.valToPos(x, 'x'),
    down: (y) => top + plot.valToPos(y, 'y'),
    colourOf: (colour) => plainColour(colour, style),
  }
  const id = `chart-${crypto.randomUUID()}`
  const clip = svgElement('clipPath', { id }, [svgElement('rect', { x: left, y: top, width: pen.width, height: pen.height })])
  const inside = svgElement('g', { 'clip-path': `url(#${id})` }, [
    ...shown.lines.flatMap((line, index) => (line.part === 'high' ? drawBand(pen, line, index) : [])),
    ...shown.lines.flatMap((line, index) => (line.part === 'line' ? drawLine(pen, line, index) : [])),
    ...drawOverlay(pen, shown),
  ])
  return svgElement('g', { 'font-size': FONT_PX }, [clip, ...drawAxes(pen, shown), inside, ...drawNames(pen, shown)])
}

function drawAxes({ plot, left, top, width, height, across, down, colourOf }: Pen, { xLabel, yLabel }: ShownChart): readonly SVGElement[] {
  const ink = filledWith(colourOf('var(--hg-muted)'))
  const grid = { ...strokedWith(colourOf('var(--hg-line)')), 'stroke-width': 1 }
  const [xs, ys] = [marksOf(plot, 0), marksOf(plot, 1)]
  return [
    ...xs.flatMap(({ at, label }) => [
      svgElement('path', { d: `M${across(at).toFixed(2)} ${top}V${top + height}`, ...grid }),
      svgElement('text', { x: across(at), y: top + height + 16, 'text-anchor': 'middle', ...ink }, [label]),
    ]),
    ...ys.flatMap(({ at, label }) => [
      svgElement('path', { d: `M${left} ${down(at).toFixed(2)}H${left + width}`, ...grid }),
      svgElement('text', { x: left - 6, y: down(at) + 4, 'text-anchor': 'end', ...ink }, [label]),
    ]),
    svgElement('text', { x: left + width / 2, y: top + height + 36, 'text-anchor': 'middle', ...ink }, [xLabel]),
    svgElement('text', { x: 0, y: 0, transform: `translate(11 ${top + height / 2}) rotate(-90)`, 'text-anchor': 'middle', ...ink }, [
      yLabel,
    ]),
  ]
}

/** Tells where an axis is marked, and with what: the chart says both by functions of its own. */
function marksOf(plot: uPlot, axisIndex: number): readonly { readonly at: number; readonly label: string }[] {
  const axis = plot.axes[axisIndex]
  const { min, max } = plot.scales[axisIndex === 0 ? 'x' : 'y'] ?? {}
  if (typeof axis?.splits !== 'function' || typeof axis.values !== 'function' || typeof min !== 'number' || typeof max !== 'number')
    return []
  const splits = axis.splits(plot, axisIndex, min, max, 0, 0)
  const values: unknown = axis.values(plot, splits, axisIndex, 0, 0)
  const labels = Array.isArray(values) ? values : []
  return splits.flatMap((at, index) => (at >= min && at <= max ? [{ at, label: String(labels[index] ?? '') }] : []))
}

function drawLine(pen: Pen, { series }: DrawnLine, index: number): readonly SVGElement[] {
  const { plot, colourOf } = pen
  const { colour, dash, draw = 'line', isFaint = false } = series
  const alpha = plot.series[index + 1]?.alpha ?? 1
  const stroke = colourOf(colour)
  const faded = { ...stroke, opacity: stroke.opacity * (isFaint ? FAINT : 1) }
  const places = placesOf(pen, index)
  const d = places.map((place) => `${place.begins ? 'M' : 'L'}${place.x.toFixed(2)} ${place.y.toFixed(2)}`).join('')
  const attributes = { opacity: alpha < 1 ? alpha : undefined, 'data-line': series.label }
  const isMarked = !isFaint && (draw !== 'line' || places.length <= 2)
  return [
    ...(draw === 'points' || d === ''
      ? []
      : [
          svgElement('path', {
            ...attributes,
            d,
            'stroke-width': isFaint ? 1 : 1.5,
            'stroke-linejoin': 'round',
            'stroke-dasharray': dash?.join(' '),
            ...strokedWith(faded),
          }),
        ]),
    ...(isMarked ? places.map(({ x, y }) => svgElement('circle', { ...attributes, cx: x, cy: y, r: 3, ...filledWith(stroke) })) : []),
  ]
}

/** Places the values of a column; where a line begins anew is said of the first of its stretch. */
function placesOf({ plot: { data }, across, down }: Pen, column: number) {
  const values = data[column + 1] ?? []
  let begins = true
  return Array.from(data[0], (x, row) => ({ x, y: values[row] })).flatMap(({ x, y }) => {
    // A value that lacks is passed over; one that has no place is a gap.
    if (y === undefined) return []
    if (y === null) {
      begins = true
      return []
    }
    const place = { x: across(x), y: down(y), begins }
    begins = false
    return [place]
  })
}

/** Fills between the two edges of a band, which are columns side by side. */
function drawBand({ plot: { data }, across, down, colourOf }: Pen, { series }: DrawnLine, index: number): readonly SVGElement[] {
  const [highs, lows] = [data[index + 1], data[index + 2]]
  const places = Array.from(data[0], (x, row) => ({ x, high: highs?.[row], low: lows?.[row] })).flatMap(({ x, high, low }) =>
    typeof high === 'number' && typeof low === 'number' ? [{ x: across(x), high: down(high), low: down(low) }] : [],
  )
  if (places.length < 2) return []
  const edge = (points: readonly (readonly [number, number])[]) => points.map(([x, y]) => `${x.toFixed(2)} ${y.toFixed(2)}`).join('L')
  const upper = edge(places.map(({ x, high }) => [x, high]))
  const lower = edge(places.map(({ x, low }) => [x, low] as const).reverse())
  const fill = colourOf(series.colour)
  return [svgElement('path', { d: `M${upper}L${lower}Z`, ...filledWith({ ...fill, opacity: fill.opacity * BAND }) })]
}

function drawOverlay({ left, top, width, height, across, down, colourOf }: Pen, { referenceLines, markerX, scale }: ShownChart) {
  const marker =
    markerX === null
      ? []
      : [svgElement('path', { d: `M${across(markerX).toFixed(2)} ${top}V${top + height}`, ...strokedWith(colourOf('var(--hg-accent)')) })]
  const references = referenceLines
    .filter(({ value }) => isDrawable(value, scale))
    .flatMap(({ label, value, colour }) => {
      const y = down(value)
      const isAbove = y - top > 16
      return [
        svgElement('path', { d: `M${left} ${y.toFixed(2)}H${left + width}`, 'stroke-dasharray': '2 3', ...strokedWith(colourOf(colour)) }),
        svgElement('text', { x: left + width - 2, y: isAbove ? y - 4 : y + 13, 'text-anchor': 'end', ...filledWith(colourOf(colour)) }, [
          label,
        ]),
      ]
    })
  return [...marker, ...references]
}

function drawNames({ plot, across, down, colourOf }: Pen, { lines }: ShownChart): readonly SVGElement[] {
  const points = lonePoints(plot)
  const places = spreadOut(
    points.map(({ y }) => down(y)),
    14,
  )
  const ink = filledWith(colourOf('var(--hg-muted)'))
  return points.map(({ line, x, y }, index) =>
    svgElement('text', { x: across(x) + 9, y: (places[index] ?? 0) + 4, ...ink }, [
      `${lines[line]?.series.label ?? ''} ${formatLoss(y)}`.trim(),
    ]),
  )
}
