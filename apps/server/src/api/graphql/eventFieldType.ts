import { z } from 'zod'

type Scalar = 'Int' | 'Float' | 'String' | 'Boolean'

/** How the API names the values of a field. */
export interface EventFieldType {
  readonly type: Scalar | readonly [Scalar]
  readonly nullable: boolean
}

/** Tells the API's type of a field of an event's payload from its schema. Throws a TypeError for one that has none. */
export function eventFieldType(name: string, schema: z.core.$ZodType): EventFieldType {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly) return eventFieldType(name, schema.def.innerType)
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional) {
    return { ...eventFieldType(name, schema.def.innerType), nullable: true }
  }
  if (schema instanceof z.ZodArray) {
    const item = scalarOf(schema.element)
    if (item) return { type: [item], nullable: false }
  }
  const type = scalarOf(schema)
  if (type) return { type, nullable: false }
  throw new TypeError(
    `event field ${name}: expected a number, a text, true or false, one of several words, a list of these or null, got another schema`,
  )
}

function scalarOf(schema: z.core.$ZodType): Scalar | undefined {
  if (schema instanceof z.ZodNumber) return schema.format === 'safeint' ? 'Int' : 'Float'
  if (schema instanceof z.ZodBoolean) return 'Boolean'
  if (schema instanceof z.ZodString || schema instanceof z.ZodStringFormat || schema instanceof z.ZodEnum) return 'String'
  return undefined
}
