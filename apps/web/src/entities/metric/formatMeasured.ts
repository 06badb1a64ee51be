import type { Measurement } from '@hourglass/autoencoders'
import { formatCount, formatDuration, formatNumber } from '../../ui/formatQuantity'

/** Writes a measured number as its row of the catalog says, and a dash where there is none; a share of units as their count where that of all is known. */
export function formatMeasured(
  value: number | null | undefined,
  { format, digits }: Pick<Measurement, 'format' | 'digits'>,
  units: number | null = null,
): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return '–'
  if (format === 'duration') return formatDuration(value)
  if (format === 'unitShare') return units === null ? `${Math.round(100 * value)} %` : `${Math.round(value * units)} of ${units}`
  return format === 'count' ? formatCount(value) : formatNumber(value, digits)
}

/** Names a measurement in the heading of a table that is exported. */
export function columnOf({ title, unit }: Pick<Measurement, 'title' | 'unit'>): string {
  return unit ? `${title.toLowerCase()} (${unit})` : title.toLowerCase()
}

/** Says what a measurement is and how it is computed. */
export function defineMeasured({ description, formula }: Pick<Measurement, 'description' | 'formula'>): string {
  return `${description} ${formula}`
}
