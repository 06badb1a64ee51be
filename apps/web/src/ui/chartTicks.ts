import { scaleLinear, scaleLog } from 'd3-scale'
import { formatRound } from './formatQuantity'

/** Fewest decades of an axis that are marked by powers of ten alone. */
const WIDE = 2

/** Chooses round values between two for about so many marks of an axis, of whatever size the values are. */
export function linearSplits(min: number, max: number, count: number): number[] {
  return scaleLinear().domain([min, max]).ticks(Math.max(1, count))
}

/** Chooses values of a logarithmic axis to draw lines at, from 1e-300 to 1e300: powers of ten, every so many where there are many, and what lies between them where there are few. */
export function logSplits(min: number, max: number, count: number): number[] {
  if (!(min > 0) || !(max > min)) return []
  return scaleLog().domain([min, max]).ticks(Math.max(2, count))
}

/** Names those values of a logarithmic axis that have room for it; the others get an empty name. */
export function labelLogSplits(splits: readonly number[]): string[] {
  const [first = 1, last = 1] = [splits[0], splits.at(-1)]
  const decades = Math.log10(last / first)
  const named = splits.filter((split) => isNamed(split, decades))
  // Within a decade there may be no round value at all.
  const kept = new Set(named.length < 2 ? splits : named)
  const labels = labelSplits([...kept])
  const labelOf = new Map([...kept].map((split, index) => [split, labels[index] ?? '']))
  return splits.map((split) => labelOf.get(split) ?? '')
}

function isNamed(split: number, decades: number): boolean {
  const digit = Math.round(split / 10 ** Math.floor(Math.log10(split) + 1e-9))
  return digit === 1 || (decades < WIDE && (digit === 2 || digit === 5))
}

const MOST_DIGITS = 16

/** Writes the values of an axis with as many digits as it takes to tell them apart, at least as {@link formatRound} does. */
export function labelSplits(splits: readonly number[]): string[] {
  let labels = splits.map(formatRound)
  for (let digits = 5; new Set(labels).size < splits.length && digits <= MOST_DIGITS; digits++) {
    labels = splits.map((split) => String(Number(split.toPrecision(digits))))
  }
  return labels
}

/** Distances between ticks of time in seconds: whole parts of minutes, hours and days. */
const timeSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800]

/** Chooses times from 0 s for about so many marks of an axis, each a whole number of the unit that they are written in. */
export function timeSplits(min: number, max: number, count: number): number[] {
  const span = max - min
  if (span < count) return linearSplits(min, max, count)
  const step = timeSteps.find((candidate) => span / candidate <= count) ?? 86_400 * Math.ceil(span / count / 86_400)
  const first = Math.ceil(min / step)
  return Array.from({ length: Math.floor(max / step) - first + 1 }, (_, index) => (first + index) * step)
}

/** Writes times of an axis in one unit, which the largest decides: `0 s`, `30 s`; `2 min`, `4 min`. */
export function labelTimes(splits: readonly number[]): string[] {
  const largest = Math.max(0, ...splits.map(Math.abs))
  const [seconds, unit] = largest >= 172_800 ? [86_400, 'd'] : largest >= 7200 ? [3600, 'h'] : largest >= 120 ? [60, 'min'] : [1, 's']
  return splits.map((split) => `${formatRound(split / seconds)} ${unit}`)
}
