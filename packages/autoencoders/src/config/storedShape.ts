import { z } from 'zod'

/**
 * Derives from the schema that new values are checked by what a stored value must be: of the same types, with known names where there is a choice. Bounds
 * and relations are left out, as what was accepted once stays readable; what is missing gets its default, and names that are not known are dropped.
 *
 * Throws a TypeError that names the path where the schema uses a type that this does not know.
 */
export function storedShape<Schema extends z.ZodType>(schema: Schema, path = 'value'): z.ZodType<z.output<Schema>> {
  return relax(schema, path) as z.ZodType<z.output<Schema>>
}

function relax(schema: z.ZodType, path: string): z.ZodType {
  if (schema instanceof z.ZodDefault) return relax(schema.def.innerType as z.ZodType, path).default(schema.def.defaultValue)
  if (schema instanceof z.ZodPrefault) return relax(schema.def.innerType as z.ZodType, path).prefault(schema.def.defaultValue)
  if (schema instanceof z.ZodNullable) return relax(schema.def.innerType as z.ZodType, path).nullable()
  if (schema instanceof z.ZodObject) return relaxObject(schema, path)
  if (schema instanceof z.ZodDiscriminatedUnion) {
    const { discriminator } = schema.def
    const options = schema.options.map((option) => {
      if (!(option instanceof z.ZodObject)) throw new TypeError(`${path}: expected variants that are objects`)
      return relaxObject(option, path)
    })
    const [first, ...others] = options
    if (!first) throw new TypeError(`${path}: expected at least one variant`)
    const names = options.map((option) => (option.shape[discriminator] as z.ZodLiteral).value)
    return z.discriminatedUnion(discriminator, [first, ...others], {
      error: ({ input }) => refuse(names, isRecord(input) ? input[discriminator] : input),
    })
  }
  if (schema instanceof z.ZodEnum) {
    const names = schema.options.map(String)
    return z.enum(names, { error: ({ input }) => refuse(names, input) })
  }
  if (schema instanceof z.ZodArray) return z.array(relax(schema.element as z.ZodType, `${path}[]`))
  if (schema instanceof z.ZodNumber) return schema.isInt ? z.int() : z.number()
  if (schema instanceof z.ZodLiteral) return schema
  throw new TypeError(`${path}: expected an object, discriminated union, enum, array, number or literal, got ${schema.def.type}`)
}

function relaxObject(schema: z.ZodObject, path: string): z.ZodObject {
  return z.object(
    Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, relax(field as z.ZodType, `${path}.${name}`)])),
  )
}

function refuse(names: readonly unknown[], received: unknown): string {
  return `expected one of ${names.join(', ')}, got ${JSON.stringify(received) ?? 'nothing'}`
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
