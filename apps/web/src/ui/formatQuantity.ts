const counts = new Intl.NumberFormat('en', { maximumFractionDigits: 0 })

/** Writes a whole number with thousands separators. */
export function formatCount(value: number): string {
  return counts.format(value)
}

/** Writes how many there are of what is called so, one or several: `1 test example`, `2,000 test examples`. */
export function formatCounted(count: number, one: string, several = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : several}`
}

/** Writes a duration with its two largest units: `81 ms`, `4.2 s`, `38 s`, `3 min 07 s`, `2 h 05 min`, `3 d 4 h`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–'
  if (seconds > 0 && seconds < 0.9995) return `${seconds < 0.01 ? formatNumber(1000 * seconds, 2) : Math.round(1000 * seconds)} ms`
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${padded(whole % 60)} s`
  const minutes = Math.round(whole / 60)
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} h ${padded(minutes % 60)} min`
  const hours = Math.round(minutes / 60)
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

/** Writes a duration that is an estimate no more exactly than it is known: `40 s`, `13 min`, `1 h 20 min`. */
export function formatEstimate(seconds: number): string {
  if (seconds < 57.5) return `${Math.max(5, 5 * Math.round(seconds / 5))} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const rounded = 5 * Math.round(minutes / 5)
  return rounded % 60 === 0 ? `${rounded / 60} h` : `${Math.floor(rounded / 60)} h ${rounded % 60} min`
}

/** Writes a loss or an error with four significant digits, `0.01683`, and a dash where there is none. */
export function formatLoss(value: number | null | undefined): string {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : formatNumber(value, 4)
}

/** Writes a number with so many significant digits, zeros at its end too: columns align, and what changes while one looks keeps its width. */
export function formatNumber(value: number, digits: number): string {
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size < 1e-4 || size >= 1e6) return value.toExponential(digits - 1)
  const text = value.toPrecision(digits)
  return text.includes('e') ? String(Number(text)) : text
}

/** Writes a round number, of an axis or a setting, with no more than four digits. */
export function formatRound(value: number): string {
  return withoutEndZeros(formatNumber(value, 4))
}

/** Takes the zeros after a decimal point away that say nothing of a round number: `0.0500` becomes `0.05`, `1.00 dB` `1 dB`. */
export function withoutEndZeros(text: string): string {
  return text.replace(/\.(\d*?)0+(?=\D|$)/, (_, digits: string) => (digits === '' ? '' : `.${digits}`))
}

/** Writes a coordinate of a code with three decimals, so that columns of them align. */
export function formatCode(value: number): string {
  if (Math.abs(value) >= 1e4) return value.toExponential(2)
  return (Math.abs(value) < 0.0005 ? 0 : value).toFixed(3)
}

/** Writes a number of bytes in decimal units: `812 B`, `14.2 MB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 || value >= 99.95 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

function padded(value: number): string {
  return String(value).padStart(2, '0')
}
