const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' })
const units = [
  ['day', 86_400, 'd'],
  ['hour', 3_600, 'h'],
  ['minute', 60, 'min'],
] as const

/** Writes how long ago a moment was, `3 min. ago`; under a minute, or where clocks disagree by a little, it is now. */
export function relativeTime(then: number, now: number): string {
  const seconds = Math.min(0, Math.round((then - now) / 1000))
  for (const [unit, size] of units) {
    if (-seconds >= size) return format.format(Math.trunc(seconds / size), unit)
  }
  return 'now'
}

/** Writes the same for a column whose heading says what it is: `3 min`, `346 d`. */
export function shortAge(then: number, now: number): string {
  const seconds = Math.round((now - then) / 1000)
  for (const [, size, symbol] of units) {
    if (seconds >= size) return `${Math.trunc(seconds / size)} ${symbol}`
  }
  return 'now'
}
