import { chartTitles, type EpochMeasurement, type EpochValueId, epochCatalog, nameWithUnit } from '@hourglass/autoencoders'
import { defineMeasured } from './formatMeasured'
import { type Scored, scoredWord } from './scoredOn'

/** What an epoch measured, as far as it is known. */
export type EpochValues = Readonly<Partial<Record<EpochValueId, number | null>>>
export type EpochPoint = EpochValues & { readonly epoch: number }

/** What of epochs is drawn together. */
export interface Chart {
  /** As addresses of pages name it. */
  readonly id: string
  readonly title: string
  readonly rows: readonly EpochMeasurement[]
}

const chartOf = ({ id, chart }: EpochMeasurement) => chart ?? id

/** The charts of a run's epochs, in the order of the catalog. */
export const charts: readonly Chart[] = [...new Set(epochCatalog.map(chartOf))].map((id) => {
  const rows = epochCatalog.filter((row) => chartOf(row) === id)
  return { id, rows, title: chartTitles[id] ?? rows.map(({ title }) => title).join(', ') }
})

export interface Curve {
  readonly id: string
  readonly label: string
  readonly colour: string
  readonly dash?: readonly number[]
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

interface CurveOptions {
  readonly chart: Chart
  readonly colour: string
  readonly scored: Scored
  /** Where each epoch lies on the axis. @default its number */
  readonly places?: readonly number[]
}

/** Turns a run's metrics into the curves of one chart; epochs without a finite value are left out. */
export function curvesOf(metrics: readonly EpochPoint[], { chart, colour, scored, places }: CurveOptions): readonly Curve[] {
  return chart.rows.map(({ id, line }) => ({
    id,
    label: line?.label ?? scoredWord(scored),
    colour,
    ...(line?.dashed ? { dash: [4, 3] } : {}),
    points: metrics.flatMap((point, index) => {
      const y = point[id]
      return typeof y === 'number' && Number.isFinite(y) ? [{ x: places?.[index] ?? point.epoch, y }] : []
    }),
  }))
}

/** Lists the charts that there is something to draw in: losses, by the word that the run has for them, and whatever an epoch of it measured. */
export function chartsOf(metrics: readonly EpochPoint[], word: 'loss' | 'objective'): readonly Chart[] {
  const telling = tellingRows(metrics)
  return charts
    .filter(({ rows }) => rows.some((row) => telling.includes(row)))
    .map((chart) => (chart.id === 'loss' && word === 'objective' ? { ...chart, title: 'Objective' } : chart))
}

/** Lists what of epochs tells something: losses, and what was measured, without what says the same as another row that is there already. */
export function tellingRows(metrics: readonly EpochValues[]): readonly EpochMeasurement[] {
  return epochCatalog.filter((row) => {
    if (row.role === 'loss') return metrics.length === 0 || !metrics.every((point) => isRepeated(row, point))
    return metrics.some((point) => isNumber(point[row.id]) && !isRepeated(row, point))
  })
}

/** Rounding by which two sums of the same numbers may differ. */
const ROUNDING = 1e-6

/** Tells whether a measurement says of an epoch the same as the one that it repeats. */
function isRepeated({ id, repeats }: EpochMeasurement, point: EpochValues): boolean {
  if (repeats === undefined) return false
  const other = epochCatalog.find((row) => row.id === repeats)
  const [value, repeated] = [point[id], other && point[other.id]]
  if (!isNumber(value) || !isNumber(repeated)) return !isNumber(value) && !isNumber(repeated)
  return Math.abs(value - repeated) <= ROUNDING * Math.abs(repeated)
}

const isNumber = (value: number | null | undefined): value is number => value !== null && value !== undefined

/** Writes what a chart's axis counts: of losses, what is minimized. */
export function axisOf({ id, rows, title }: Chart, objective: string): string {
  const [first] = rows
  return id === 'loss' || !first || rows.length > 1 ? objective : nameWithUnit({ title, unit: first.unit })
}

/** Says what a chart shows; of losses the title says it all. */
export function definitionOf({ rows }: Chart): string | null {
  const [first] = rows
  return first && first.role !== 'loss' ? defineMeasured(first) : null
}

/** Tells whether a chart's values can be compared with the error of PCA: a loss can where it is that error itself, and nothing is added to it. */
export function isBesidePca({ rows }: Chart, metrics: readonly EpochValues[]): boolean {
  const compared = epochCatalog.find(({ baseline }) => baseline !== undefined)
  if (!compared) return false
  return rows.includes(compared) || (rows.some(({ id }) => id === compared.repeats) && !tellingRows(metrics).includes(compared))
}
