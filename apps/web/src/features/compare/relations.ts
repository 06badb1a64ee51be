import { meanOf } from '@hourglass/autoencoders'
import { scaleLinear, scaleLog, scalePoint } from 'd3-scale'
import { formatNumber } from '../../ui/formatQuantity'
import type { ComparisonPart } from './comparisonRows'

/** What groups of runs are told apart by: a setting that differs, or a result. */
export interface Dimension {
  readonly id: string
  readonly title: string
  readonly isSetting: boolean
  readonly isNumeric: boolean
  /** In the order of the groups. */
  readonly values: readonly (number | string | null)[]
}

/** A part of a dimension, both ends included; texts are in the order of {@link sortedValues}. */
export interface Brush {
  readonly id: string
  readonly low: number | string
  readonly high: number | string
}

const collator = new Intl.Collator('en', { numeric: true })

/** Lists the settings in which groups differ, and the numbers that came of them and are not all the same. */
export function dimensionsOf(parts: readonly ComparisonPart[]): readonly Dimension[] {
  return parts.flatMap(({ id: part, rows }) =>
    rows.flatMap(({ id, title, cells }) => {
      const values = cells.map(({ value }) => value)
      const known = values.filter((value) => value !== null)
      const isNumeric = known.every((value) => typeof value === 'number')
      const tells = new Set(known).size > 1
      return tells && (part === 'settings' || isNumeric) ? [{ id, title, isSetting: part === 'settings', isNumeric, values }] : []
    }),
  )
}

/** Lists the values of a dimension in order, each once. */
export function sortedValues({ values }: Dimension): readonly (number | string)[] {
  return [...new Set(values.filter((value) => value !== null))].sort(compareValues)
}

/** Chooses the values that an axis is marked at: those of a setting where they are at most so many, else the least and the greatest. */
export function marksOf(dimension: Dimension, most: number): readonly (number | string)[] {
  const sorted = sortedValues(dimension)
  if (sorted.length <= most && (dimension.isSetting || !dimension.isNumeric)) return sorted
  const [first, last] = [sorted[0], sorted.at(-1)]
  return first === undefined || last === undefined ? [] : [first, last]
}

function compareValues(one: number | string, other: number | string): number {
  return typeof one === 'number' && typeof other === 'number' ? one - other : collator.compare(String(one), String(other))
}

/** Numbers of a dimension that span more than this share their axis by their logarithms. */
const WIDE_RATIO = 100

/** Places the values of a dimension between two ends, the least at the first; logarithmically where they are positive and far apart. */
export function placeValues(dimension: Dimension, [first, last]: readonly [number, number]): (value: number | string) => number {
  const sorted = sortedValues(dimension)
  if (!dimension.isNumeric) {
    const scale = scalePoint<string>().domain(sorted.map(String)).range([first, last]).padding(0.15)
    return (value) => scale(String(value)) ?? first
  }
  const [least, most] = [Number(sorted[0] ?? 0), Number(sorted.at(-1) ?? 1)]
  const scale = (least > 0 && most / least > WIDE_RATIO ? scaleLog() : scaleLinear()).domain([least, most]).range([first, last])
  return (value) => scale(Number(value))
}

/** Writes a value on an axis. */
export function writeValue(value: number | string): string {
  return typeof value === 'number' ? String(Number(formatNumber(value, 4))) : value
}

/** Tells which groups lie in all brushed parts; what has no value lies in none. */
export function insideBrushes(dimensions: readonly Dimension[], brushes: readonly Brush[], count: number): readonly boolean[] {
  return Array.from({ length: count }, (_, index) =>
    brushes.every(({ id, low, high }) => {
      const value = dimensions.find((dimension) => dimension.id === id)?.values[index]
      // What no dimension is called by no longer narrows anything.
      if (value === undefined) return true
      return value !== null && compareValues(value, low) >= 0 && compareValues(value, high) <= 0
    }),
  )
}

const SEPARATOR = '~'

/** Writes brushes for an address: `psnr~20~24`. */
export const writeBrush = ({ id, low, high }: Brush) => [id, low, high].join(SEPARATOR)

/** Reads what {@link writeBrush} wrote; null for anything else. */
export function readBrush(text: string): Brush | null {
  const [id, low, high, ...more] = text.split(SEPARATOR)
  if (!id || low === undefined || high === undefined || more.length > 0) return null
  const [least, most] = [Number(low), Number(high)]
  return low !== '' && high !== '' && Number.isFinite(least) && Number.isFinite(most) ? { id, low: least, high: most } : { id, low, high }
}

/** What a setting does to a result over some runs. */
export interface SettingEffect {
  readonly id: string
  readonly title: string
  /** Runs that have both. */
  readonly count: number
  /** Spearman's rank correlation; null where the setting is no number. */
  readonly correlation: number | null
  /** Share of the result's variance that lies between the values of the setting, less what chance alone would put there (ε²); null where each value is there once. */
  readonly explained: number | null
}

/** Runs below which nothing is said of effects. */
export const FEWEST_RUNS = 5

/** Tells of each setting how much a result goes along with it, the strongest first. Source of ε²: Kelley 1935, An unbiased correlation ratio measure. */
export function settingEffects(settings: readonly Dimension[], result: Dimension): readonly SettingEffect[] {
  return settings
    .map(({ id, title, isNumeric, values }): SettingEffect => {
      const pairs = values.flatMap((value, index) => {
        const outcome = result.values[index]
        return value !== null && typeof outcome === 'number' ? [{ value, outcome }] : []
      })
      const correlation =
        isNumeric && pairs.length >= FEWEST_RUNS
          ? spearman(
              pairs.map(({ value }) => Number(value)),
              pairs.map(({ outcome }) => outcome),
            )
          : null
      return { id, title, count: pairs.length, correlation, explained: explainedShare(pairs) }
    })
    .sort((a, b) => strength(b) - strength(a))
}

const strength = ({ explained, correlation }: SettingEffect) => Math.max(explained ?? 0, (correlation ?? 0) ** 2)

function explainedShare(pairs: readonly { readonly value: number | string; readonly outcome: number }[]): number | null {
  const levels = new Map<number | string, number[]>()
  for (const { value, outcome } of pairs) levels.set(value, [...(levels.get(value) ?? []), outcome])
  const [n, k] = [pairs.length, levels.size]
  if (n < FEWEST_RUNS || k < 2 || k >= n) return null
  const mean = meanOf(pairs.map(({ outcome }) => outcome))
  const total = pairs.reduce((sum, { outcome }) => sum + (outcome - mean) ** 2, 0)
  const within = [...levels.values()].reduce((sum, level) => sum + squaresAround(level), 0)
  if (total === 0) return null
  return Math.max(0, 1 - within / (n - k) / (total / (n - 1)))
}

function squaresAround(values: readonly number[]): number {
  const mean = meanOf(values)
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0)
}

/** Correlates the ranks of two lists, equal values sharing the mean of theirs; null where either is constant. */
export function spearman(xs: readonly number[], ys: readonly number[]): number | null {
  const [ranksOfX, ranksOfY] = [ranksOf(xs), ranksOf(ys)]
  const [meanX, meanY] = [meanOf(ranksOfX), meanOf(ranksOfY)]
  const product = ranksOfX.reduce((sum, rank, index) => sum + (rank - meanX) * ((ranksOfY[index] ?? 0) - meanY), 0)
  const squares = squaresAround(ranksOfX) * squaresAround(ranksOfY)
  return squares === 0 ? null : product / Math.sqrt(squares)
}

function ranksOf(values: readonly number[]): readonly number[] {
  const sorted = [...values].sort((a, b) => a - b)
  return values.map((value) => (sorted.indexOf(value) + sorted.lastIndexOf(value)) / 2)
}
