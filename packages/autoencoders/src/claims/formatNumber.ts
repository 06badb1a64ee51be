import { type Bounds, isWithin } from './Bounds.js'

const MOST_DIGITS = 10

/** Writes a number with significant digits: counts as they are, large numbers rounded to whole ones. */
export function formatNumber(value: number, digits = 3): string {
  if (Number.isInteger(value)) return value.toLocaleString('en')
  if (Math.abs(value) >= 10 ** digits) return Math.round(value).toLocaleString('en')
  if (value !== 0 && Math.abs(value) < 1e-6) return value.toExponential(digits - 1)
  return value.toPrecision(digits)
}

/** Writes a number with as many digits as it takes to see whether it keeps its bounds. */
export function formatWithin(value: number, bounds: Bounds): string {
  for (let digits = 3; digits < MOST_DIGITS; digits++) {
    const text = formatNumber(value, digits)
    if (isWithin(Number(text.replaceAll(',', '')), bounds) === isWithin(value, bounds)) return text
  }
  return String(value)
}

/** Puts a plus before a number that is not below 0. */
export function formatSigned(text: string): string {
  return text.startsWith('-') ? `−${text.slice(1)}` : `+${text}`
}
