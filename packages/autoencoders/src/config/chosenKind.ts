import { DISCRIMINATOR, type FieldDescription } from './describeSchema.js'

/** Reads which variant of a choice a value takes, its default where there is no value; not necessarily one that there is. */
export function chosenKind(choice: Extract<FieldDescription, { type: 'choice' }>, value: unknown): string {
  return String(memberOf(value ?? choice.default, DISCRIMINATOR))
}

/** Reads a member of whatever came; undefined where it has none. */
export function memberOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}
