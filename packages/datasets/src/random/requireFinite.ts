import { DatasetError } from '../DatasetError.js'

/** Throws DatasetError INVALID_ARGUMENT, naming it, for a number that is not finite. */
export function requireFinite(numbers: Readonly<Record<string, number>>): void {
  for (const [subject, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue
    throw new DatasetError('INVALID_ARGUMENT', {
      subject,
      expected: 'a finite number',
      found: String(value),
      advice: 'Pass a finite number.',
    })
  }
}
