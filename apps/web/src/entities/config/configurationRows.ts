import type { FieldDescription } from '@hourglass/autoencoders'
import { toWords } from '@hourglass/autoencoders'

export interface ConfigurationRow {
  /** Path in the configuration, `optimizer.learningRate`. */
  readonly path: string
  readonly title: string
  readonly value: string
  /** What stands when nothing is said, where this run differs from it. */
  readonly usual: string | null
  readonly description: string
}

export interface ConfigurationGroup {
  readonly title: string
  readonly description: string
  readonly rows: readonly ConfigurationRow[]
}

type Json = Readonly<Record<string, unknown>>

export interface ReadConfiguration {
  readonly config: unknown
  /** What settings that are empty stand for, by their path. */
  readonly whenEmpty: Readonly<Record<string, string>>
}

/** Lays a configuration out for reading, in the order, with the titles and units of the schema that describes it. */
export function configurationRows(schema: FieldDescription, { config, whenEmpty }: ReadConfiguration): readonly ConfigurationGroup[] {
  if (schema.type !== 'object') return []
  return Object.entries(schema.fields).map(([name, field]) => ({
    title: field.title,
    description: field.description,
    rows: rowsOf(field, { config: (config as Json)[name], whenEmpty }, name),
  }))
}

function rowsOf(field: FieldDescription, { config: value, whenEmpty }: ReadConfiguration, path: string): readonly ConfigurationRow[] {
  if (field.type === 'object') {
    return Object.entries(field.fields).flatMap(([name, child]) =>
      rowsOf(child, { config: (value as Json)[name], whenEmpty }, `${path}.${name}`),
    )
  }
  if (field.type === 'choice') {
    const kind = String((value as Json).kind)
    const variant = field.variants[kind]
    const usual = (field.default as Json | undefined)?.kind
    const row = {
      path,
      title: field.title,
      value: variant?.title ?? kind,
      usual: usual === undefined || usual === kind ? null : (field.variants[String(usual)]?.title ?? String(usual)),
      description: variant?.description ?? field.description,
    }
    return variant ? [row, ...rowsOf(variant, { config: value, whenEmpty }, path)] : [row]
  }
  const describe = (any: unknown) => describeValue(field, any) ?? whenEmpty[path] ?? field.whenEmpty ?? '–'
  const text = describe(value)
  const usual = field.default === undefined ? null : describe(field.default)
  return [{ path, title: field.title, value: text, usual: usual === text ? null : usual, description: field.description }]
}

function describeValue(field: FieldDescription, value: unknown): string | null {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.join(', ')
  if (typeof value === 'number') {
    const text = field.type === 'integer' ? value.toLocaleString('en', { useGrouping: field.unit !== undefined }) : String(value)
    // Units are plurals in the schema: `epochs`.
    return field.unit ? `${text} ${value === 1 ? field.unit.replace(/s$/, '') : field.unit}` : text
  }
  return field.type === 'enum' ? toWords(String(value)) : String(value)
}
