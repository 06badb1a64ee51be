import { DatasetError } from './DatasetError.js'

/**
 * Throws unless the value is a whole number within the limits.
 *
 * @throws DatasetError INVALID_ARGUMENT naming the argument.
 */
export function requireInteger(subject: string, value: number, limits: { readonly minimum: number; readonly maximum: number }): void {
  if (Number.isInteger(value) && value >= limits.minimum && value <= limits.maximum) return
  throw new DatasetError('INVALID_ARGUMENT', {
    subject,
    expected: `a whole number from ${limits.minimum} to ${limits.maximum}`,
    found: String(value),
    advice: 'Pass a number within these limits.',
  })
}
