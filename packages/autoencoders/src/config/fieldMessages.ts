import { chosenKind, memberOf } from './chosenKind.js'
import { DISCRIMINATOR, type FieldDescription } from './describeSchema.js'

export interface LocatedField {
  readonly field: FieldDescription
  /** What to call it in a sentence, for example `Hidden widths, item 2,`. */
  readonly label: string
  readonly value: unknown
}

const LONGEST_QUOTE = 60

/**
 * Finds the description and the value of the field at a path. The value decides which variant of a choice is meant; returns undefined
 * where the path leaves the schema.
 */
export function locateField(root: FieldDescription, input: unknown, path: readonly string[]): LocatedField | undefined {
  let located: LocatedField = { field: root, label: root.title, value: input }
  for (const key of path) {
    const child = childOf(located, key)
    if (!child) return undefined
    located = child
  }
  return located
}

/** Names the settings that the object or chosen variant at a field may have. */
export function settingsOf({ field, value }: LocatedField): readonly string[] {
  if (field.type === 'object') return Object.keys(field.fields)
  if (field.type !== 'choice') return []
  return [DISCRIMINATOR, ...Object.keys(chosenVariant(field, value)?.fields ?? {})]
}

/** Says what a field accepts, to complete "… must be". */
export function describeExpected(field: FieldDescription): string {
  return `${describeAccepted(field)}${field.nullable ? ', or empty' : ''}`
}

/** Says what came instead, to complete "got …". */
export function describeReceived(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return JSON.stringify(value.length > LONGEST_QUOTE ? `${value.slice(0, LONGEST_QUOTE)}…` : value)
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object') return 'an object'
  return String(value)
}

/** Names the variant of a choice that came without being chosen, as `{ closedForm: false }` in place of the kind. */
export function unchosenVariant(field: FieldDescription, kind: unknown): string | undefined {
  if (field.type !== 'choice' || typeof kind !== 'object' || kind === null) return undefined
  return Object.keys(kind).find((name) => Object.hasOwn(field.variants, name))
}

function childOf({ field, label, value }: LocatedField, key: string): LocatedField | undefined {
  if (field.type === 'list') return { field: field.item, label: `${label}, item ${Number(key) + 1},`, value: memberOf(value, key) }
  const container = field.type === 'choice' ? chosenVariant(field, value) : field
  const child = container?.type === 'object' ? container.fields[key] : undefined
  return child && { field: child, label: child.title, value: memberOf(value, key) }
}

function chosenVariant(choice: Extract<FieldDescription, { type: 'choice' }>, value: unknown) {
  return choice.variants[chosenKind(choice, value)]
}

function describeAccepted(field: FieldDescription): string {
  switch (field.type) {
    case 'integer':
    case 'number':
      return [field.type === 'integer' ? 'a whole number' : 'a number', describeRange(field)].filter(Boolean).join(' ')
    case 'enum':
      return `one of ${field.values.join(', ')}`
    case 'choice':
      return `one of ${Object.keys(field.variants).join(', ')}`
    case 'list':
      return ['a list', describeLength(field)].filter(Boolean).join(' ')
    case 'object':
      return 'an object of settings'
  }
}

function describeLength({ minimumItems, maximumItems }: Extract<FieldDescription, { type: 'list' }>): string {
  if (minimumItems !== undefined && maximumItems !== undefined) return `of ${minimumItems} to ${maximumItems}`
  if (minimumItems !== undefined) return `of at least ${minimumItems}`
  return maximumItems === undefined ? '' : `of at most ${maximumItems}`
}

function describeRange(field: Extract<FieldDescription, { type: 'integer' | 'number' }>): string {
  const { minimum, exclusiveMinimum, exclusiveMaximum } = field
  // zod bounds every integer by the largest safe one, which tells a reader nothing.
  const maximum = field.maximum === Number.MAX_SAFE_INTEGER ? undefined : field.maximum
  if (minimum !== undefined && maximum !== undefined) return `from ${minimum} to ${maximum}`
  const bounds = [
    minimum === undefined ? '' : `of at least ${minimum}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    maximum === undefined ? '' : `at most ${maximum}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ]
  return bounds.filter(Boolean).join(' and ')
}
