import { chosenKind, memberOf } from './chosenKind.js'
import { DISCRIMINATOR, type FieldDescription, type ObjectDescription } from './describeSchema.js'

type Json = Readonly<Record<string, unknown>>

/**
 * Turns a configuration into the form that GraphQL documents carry: `{ kind: 'adam', … }` becomes `{ adam: { … } }` (as `@oneOf`
 * inputs want it; `true` for a variant without settings) and enum values become `UPPER_CASE`, except those that name data. Expects a
 * value that the described schema accepts.
 */
export function toWire(field: FieldDescription, value: unknown): unknown {
  if (value === null || value === undefined) return value
  switch (field.type) {
    case 'object':
      return mapFields(field.fields, value as Json, toWire)
    case 'choice': {
      const { [DISCRIMINATOR]: kind, ...rest } = value as Json
      const variant = field.variants[String(kind)]
      return variant ? { [String(kind)]: hasFields(variant) ? toWire(variant, rest) : true } : value
    }
    case 'enum':
      return field.options ? value : toConstantCase(String(value))
    case 'list':
      return (value as readonly unknown[]).map((item) => toWire(field.item, item))
    default:
      return value
  }
}

/**
 * Reverses {@link toWire}; leaves out what is null or absent where the schema has a default, and drops `__typename`. A variant without settings that
 * comes as anything but `true` is not chosen: what came stands in for the kind, for validation to refuse.
 */
export function fromWire(field: FieldDescription, value: unknown): unknown {
  if (value === undefined || (value === null && !field.nullable)) return undefined
  if (value === null) return null
  switch (field.type) {
    case 'object':
      return mapFields(field.fields, value as Json, fromWire)
    case 'choice': {
      const chosen = Object.entries(value as Json).find(
        ([kind, member]) => kind in field.variants && member !== null && member !== undefined,
      )
      const variant = chosen && field.variants[chosen[0]]
      if (!chosen || !variant) return undefined
      const [kind, member] = chosen
      if (!hasFields(variant)) return { [DISCRIMINATOR]: member === true ? kind : { [kind]: member } }
      return { [DISCRIMINATOR]: kind, ...(fromWire(variant, member) as Json) }
    }
    case 'enum':
      return field.options ? value : (field.values.find((candidate) => toConstantCase(candidate) === value) ?? value)
    case 'list':
      return (value as readonly unknown[]).map((item) => fromWire(field.item, item))
    default:
      return value
  }
}

/**
 * Turns the path of a setting into its path in the wire form, where the chosen variant of a choice is a step of its own:
 * `architecture.latentDimension` becomes `architecture.dense.latentDimension`. Takes any value, as its mistakes are what paths point at;
 * what the schema does not know stays as it is.
 */
export function toWirePath(field: FieldDescription, value: unknown, path: readonly string[]): readonly string[] {
  const [key, ...rest] = path
  if (key === undefined) return []
  if (field.type === 'choice') {
    const kind = chosenKind(field, value)
    const variant = field.variants[kind]
    return variant ? [kind, ...toWirePath(variant, value, path)] : path
  }
  const child = field.type === 'object' ? field.fields[key] : field.type === 'list' ? field.item : undefined
  return child ? [key, ...toWirePath(child, memberOf(value, key), rest)] : path
}

/** Writes an enum value as GraphQL does, for example `meanSquaredError` as `MEAN_SQUARED_ERROR`. */
export function toConstantCase(name: string): string {
  return name
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
}

/** Tells whether a variant has settings of its own; GraphQL has no empty objects, so one without travels as `true`. */
export function hasFields(variant: ObjectDescription): boolean {
  return Object.keys(variant.fields).length > 0
}

function mapFields(
  fields: Readonly<Record<string, FieldDescription>>,
  value: Json,
  convert: (field: FieldDescription, value: unknown) => unknown,
): Json {
  return Object.fromEntries(
    Object.entries(fields)
      .map(([name, field]) => [name, convert(field, value[name])] as const)
      .filter(([, converted]) => converted !== undefined),
  )
}
