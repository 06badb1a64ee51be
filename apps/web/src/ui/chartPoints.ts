import type uPlot from 'uplot'
import { formatLoss } from './formatQuantity'

/** Chooses places that are at least `gap` apart, in ascending order of place; the last is always among them. */
export function keepApart(places: readonly (number | null)[], gap: number): number[] {
  const kept: number[] = []
  let next = Number.POSITIVE_INFINITY
  for (let index = places.length - 1; index >= 0; index--) {
    const place = places[index] ?? null
    if (place === null || next - place < gap) continue
    kept.push(index)
    next = place
  }
  return kept.reverse()
}

/** Moves places down as far as it takes to have them `gap` apart. The order of the answer is that of the places given. */
export function spreadOut(places: readonly number[], gap: number): number[] {
  const spread = [...places]
  const order = places.map((_, index) => index).sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0))
  let least = Number.NEGATIVE_INFINITY
  for (const index of order) {
    const place = Math.max(least, places[index] ?? 0)
    spread[index] = place
    least = place + gap
  }
  return spread
}

/** Chooses which points of a line are marked, so that marks do not run into each other. */
export function spacedPoints(plot: uPlot, seriesIndex: number, gap: number): number[] {
  const xs = plot.data[0]
  const ys = plot.data[seriesIndex]
  const places = Array.from(xs, (x, index) => {
    const y = ys?.[index]
    return y === null || y === undefined ? null : plot.valToPos(x, 'x', true)
  })
  return keepApart(places, gap * (plot.bbox.width / Math.max(1, plot.over.clientWidth || plot.bbox.width)))
}

/** More names than this beside as many points could not be told apart. */
const MOST_NAMES = 6

export interface NamedLine {
  readonly label: string
  readonly colour: string
}

/** Lists the only point of each line where none has more: a line of one point says nothing without its value. */
export function lonePoints(plot: Pick<uPlot, 'data'>): readonly { readonly line: number; readonly x: number; readonly y: number }[] {
  const [xs, ...columns] = plot.data
  const lone = columns.map((column, line) =>
    [...column].flatMap((y, index) => (y === null || y === undefined ? [] : [{ line, x: xs[index] ?? Number.NaN, y }])),
  )
  return lone.some((points) => points.length > 1) || columns.length > MOST_NAMES ? [] : lone.flat()
}

/** Writes beside the only point of each line what it is and its value. */
export function nameLonePoints(
  plot: uPlot,
  lines: readonly NamedLine[],
  { density, font, ink }: { density: number; font: string; ink: string },
) {
  const points = lonePoints(plot)
  if (points.length === 0) return
  const { ctx } = plot
  const wanted = points.map(({ y }) => plot.valToPos(y, 'y', true))
  const places = spreadOut(wanted, 14 * density)
  ctx.save()
  ctx.font = font
  ctx.fillStyle = ink
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  for (const [index, { line, x, y }] of points.entries()) {
    const label = lines[line]?.label ?? ''
    ctx.fillText(`${label} ${formatLoss(y)}`.trim(), plot.valToPos(x, 'x', true) + 9 * density, places[index] ?? 0)
  }
  ctx.restore()
}
