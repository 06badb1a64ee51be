import { z } from 'zod'

interface Described {
  readonly title: string
  readonly description: string
  /** What people call it who write a query. */
  readonly alias?: string | undefined
  readonly unit?: string | undefined
  readonly scale?: 'linear' | 'log' | undefined
  readonly options?: 'datasets' | undefined
  readonly availability?: 'engines' | undefined
  readonly whenEmpty?: string | undefined
  readonly advanced: boolean
  readonly nullable: boolean
  /** Value that stands in when the field is left out; undefined where it must be given. */
  readonly default: unknown
}

export type FieldDescription = Described &
  (
    | { readonly type: 'object'; readonly fields: Readonly<Record<string, FieldDescription>> }
    | { readonly type: 'choice'; readonly variants: Readonly<Record<string, ObjectDescription>> }
    | { readonly type: 'enum'; readonly values: readonly string[] }
    | {
        readonly type: 'integer' | 'number'
        readonly minimum?: number
        readonly maximum?: number
        readonly exclusiveMinimum?: number
        readonly exclusiveMaximum?: number
      }
    | { readonly type: 'list'; readonly item: FieldDescription; readonly minimumItems?: number; readonly maximumItems?: number }
  )

export type ObjectDescription = Extract<FieldDescription, { type: 'object' }>

/** The key that tells the variants of a choice apart. */
export const DISCRIMINATOR = 'kind'

/**
 * Describes a configuration schema as a plain tree, the one source of the GraphQL inputs, the wire form and the launch form.
 * Throws a TypeError that names the path where the schema uses a type that has no description.
 */
export function describeSchema(schema: z.ZodType, path = 'config'): FieldDescription {
  const { inner, ...wrapping } = unwrap(schema)
  const meta = { ...inner.meta(), ...wrapping.meta }
  const described: Described = {
    title: meta.title ?? path.slice(path.lastIndexOf('.') + 1),
    description: meta.description ?? '',
    alias: meta.alias,
    unit: meta.unit,
    scale: meta.scale,
    options: meta.options,
    availability: meta.availability,
    whenEmpty: meta.whenEmpty,
    advanced: meta.advanced ?? false,
    nullable: wrapping.nullable,
    default: wrapping.default,
  }
  if (inner instanceof z.ZodObject) return { ...described, type: 'object', fields: describeFields(inner, path) }
  if (inner instanceof z.ZodDiscriminatedUnion) return { ...described, type: 'choice', variants: describeVariants(inner, path) }
  if (inner instanceof z.ZodEnum) return { ...described, type: 'enum', values: inner.options.map(String) }
  if (inner instanceof z.ZodArray) {
    const { minItems, maxItems } = z.toJSONSchema(inner, { io: 'input' })
    const item = describeSchema(inner.element as z.ZodType, `${path}[]`)
    const lengths = { ...(minItems && { minimumItems: minItems }), ...(maxItems !== undefined && { maximumItems: maxItems }) }
    return { ...described, type: 'list', item, ...lengths }
  }
  if (inner instanceof z.ZodNumber) {
    const { type, minimum, maximum, exclusiveMinimum, exclusiveMaximum } = z.toJSONSchema(inner, { io: 'input' })
    const bounds = Object.fromEntries(
      Object.entries({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }).filter(([, bound]) => bound !== undefined),
    )
    return { ...described, type: type === 'integer' ? 'integer' : 'number', ...bounds }
  }
  throw new TypeError(`${path}: expected an object, discriminated union, enum, array or number, got ${inner.def.type}`)
}

interface Unwrapped {
  readonly inner: z.ZodType
  readonly nullable: boolean
  readonly default: unknown
  readonly meta: z.GlobalMeta
}

function unwrap(schema: z.ZodType): Unwrapped {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault) {
    const unwrapped = unwrap(schema.def.innerType as z.ZodType)
    return { ...unwrapped, default: schema.def.defaultValue, meta: { ...unwrapped.meta, ...schema.meta() } }
  }
  if (schema instanceof z.ZodNullable) {
    const unwrapped = unwrap(schema.def.innerType as z.ZodType)
    return { ...unwrapped, nullable: true, meta: { ...unwrapped.meta, ...schema.meta() } }
  }
  return { inner: schema, nullable: false, default: undefined, meta: {} }
}

function describeFields(schema: z.ZodObject, path: string): Record<string, FieldDescription> {
  return Object.fromEntries(
    Object.entries(schema.shape)
      .filter(([name]) => name !== DISCRIMINATOR)
      .map(([name, field]) => [name, describeSchema(field as z.ZodType, `${path}.${name}`)]),
  )
}

function describeVariants(schema: z.ZodDiscriminatedUnion, path: string): Record<string, ObjectDescription> {
  return Object.fromEntries(
    schema.options.map((option) => {
      const kind = option instanceof z.ZodObject ? option.shape[DISCRIMINATOR] : undefined
      if (!(kind instanceof z.ZodLiteral)) throw new TypeError(`${path}: expected variants with a literal ${DISCRIMINATOR}`)
      const variant = describeSchema(option as z.ZodObject, `${path}.${String(kind.value)}`)
      if (variant.type !== 'object') throw new TypeError(`${path}: expected object variants, got ${variant.type}`)
      return [String(kind.value), variant]
    }),
  )
}
