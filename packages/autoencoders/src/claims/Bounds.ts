/** What a number must keep; a bound itself lies outside. */
export interface Bounds {
  readonly above?: number
  readonly below?: number
}

/** Tells whether a value keeps its bounds. */
export function isWithin(value: number, { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY }: Bounds): boolean {
  return value > above && value < below
}

/** Says how far inside of its bounds a value is; below 0 outside. */
export function marginOf(value: number, { above = Number.NEGATIVE_INFINITY, below = Number.POSITIVE_INFINITY }: Bounds): number {
  return Math.min(value - above, below - value)
}

/** Says what is expected of a number: `below 0.9`. */
export function describeBounds({ above, below }: Bounds): string {
  if (above === undefined) return `below ${write(below)}`
  return below === undefined ? `above ${write(above)}` : `between ${write(above)} and ${write(below)}`
}

/** With the sign that numbers have beside it. */
const write = (bound: number | undefined) => String(bound).replace('-', '−')
