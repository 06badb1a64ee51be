import { RandomError } from './RandomError.js'

/** Throws RandomError INVALID_ARGUMENT, naming the argument, unless the value is a whole number within the limits. */
export function requireInteger(subject: string, value: number, { minimum, maximum }: { minimum: number; maximum: number }): void {
  if (Number.isInteger(value) && value >= minimum && value <= maximum) return
  throw new RandomError('INVALID_ARGUMENT', {
    subject,
    expected: maximum === Infinity ? `a whole number from ${minimum}` : `a whole number from ${minimum} to ${maximum}`,
    found: String(value),
    advice: 'Pass a number within these limits.',
  })
}

/** Throws RandomError INVALID_ARGUMENT, naming it, for a number that is not finite. */
export function requireFinite(numbers: Readonly<Record<string, number>>): void {
  for (const [subject, value] of Object.entries(numbers)) {
    if (Number.isFinite(value)) continue
    throw new RandomError('INVALID_ARGUMENT', {
      subject,
      expected: 'a finite number',
      found: String(value),
      advice: 'Pass a finite number.',
    })
  }
}
