/**
 * Generates the GraphQL types of the configuration from its one schema. An object becomes `…Input` and `…Config`; a choice becomes a `@oneOf`
 * input and an object with one member that is not null, so that what a query returns is, without its nulls, a valid input.
 */
import {
  describeSchema,
  engines,
  type FieldDescription,
  fromWire,
  hasFields,
  type ObjectDescription,
  type RunConfig,
  runConfigSchema,
  toConstantCase,
  toWire,
} from '@hourglass/autoencoders'
import type { InputRef, OutputRef } from '@pothos/core'
import { builder } from './builder.js'

type Wire = Readonly<Record<string, unknown>>
type EnumType = InputRef<unknown> & OutputRef<unknown>
type Named = readonly [name: string, field: FieldDescription]

const root = describeSchema(runConfigSchema)
const enums = new Map<string, { readonly ref: EnumType; readonly values: string }>()

/** Turns a configuration input into the configuration schema's own terms, unchecked. */
export function readConfigInput(input: unknown): unknown {
  return fromWire(root, input)
}

/** Turns a configuration into what `RunConfig` fields resolve from. */
export function writeConfig(config: RunConfig): { wire: Wire } {
  return { wire: toWire(root, config) as Wire }
}

export const RunConfigInputType = defineInput('RunConfig', root)
export const RunConfigType = defineOutput('RunConfig', root)

/** The enum of a configuration’s engines. */
export const EngineNameType = enumTypeOf('engine', engines)

function defineInput(name: string, field: FieldDescription): InputRef<unknown> {
  const isChoice = field.type === 'choice'
  const members = membersOf(name, field)
  return builder.inputType(`${name}Input`, {
    description: describe(field),
    isOneOf: isChoice,
    fields: (t) =>
      Object.fromEntries(
        members.map(([member, description]) => [
          member,
          t.field({
            type: isList(description) ? [inputTypeOf(name, [member, description.item])] : inputTypeOf(name, [member, description]),
            description: describe(description),
            required: !isChoice && description.default === undefined && !description.nullable,
          }),
        ]),
      ),
  })
}

function defineOutput(name: string, field: FieldDescription): OutputRef<unknown> {
  const isChoice = field.type === 'choice'
  const members = membersOf(name, field)
  return builder.objectRef<{ wire: Wire }>(name.endsWith('Config') ? name : `${name}Config`).implement({
    description: describe(field),
    fields: (t) =>
      Object.fromEntries(
        members.map(([member, description]) => {
          const resolve = ({ wire }: { wire: Wire }) => {
            const value = wire[member]
            return isComposite(description) && value !== null && value !== undefined ? { wire: value as Wire } : (value ?? null)
          }
          const options = {
            description: describe(description),
            nullable: isChoice || description.nullable,
            complexity: { field: 1, multiplier: 1 },
          }
          return [
            member,
            isList(description)
              ? t.field({
                  ...options,
                  type: [outputTypeOf(name, [member, description.item])],
                  resolve: (parent) => resolve(parent) as unknown[],
                })
              : t.field({ ...options, type: outputTypeOf(name, [member, description]), resolve }),
          ]
        }),
      ),
  })
}

/** The fields of an object, or the variants of a choice; one without settings is a Boolean that is `true` when chosen. */
function membersOf(name: string, field: FieldDescription): Named[] {
  if (field.type === 'object') return Object.entries(field.fields)
  if (field.type === 'choice') return Object.entries(field.variants)
  throw new TypeError(`${name}: expected an object or a choice, got ${field.type}`)
}

const typeNames = { integer: 'Int', number: 'Float' } as const
const defined = { input: new Map<string, InputRef<unknown>>(), output: new Map<string, OutputRef<unknown>>() }

function inputTypeOf(parent: string, [name, field]: Named): InputRef<unknown> | 'Int' | 'Float' | 'String' | 'Boolean' {
  if (isFlag(field)) return 'Boolean'
  if (isComposite(field)) return definedOnce(defined.input, typeName(parent, name), (type) => defineInput(type, field))
  return leafTypeOf(name, field)
}

function outputTypeOf(parent: string, [name, field]: Named): OutputRef<unknown> | 'Int' | 'Float' | 'String' | 'Boolean' {
  if (isFlag(field)) return 'Boolean'
  if (isComposite(field)) return definedOnce(defined.output, typeName(parent, name), (type) => defineOutput(type, field))
  return leafTypeOf(name, field)
}

function leafTypeOf(name: string, field: FieldDescription): EnumType | 'Int' | 'Float' | 'String' {
  if (field.type === 'integer' || field.type === 'number') return typeNames[field.type]
  // What names data is text: its values are not fixed in the schema.
  if (field.type === 'enum') return field.options ? 'String' : enumTypeOf(name, field.values)
  throw new TypeError(`${name}: expected a number or an enum, got ${field.type}`)
}

/** Enums of the same values share the type that the last word of their fields names: hidden, code and output activation are `Activation`. */
function enumTypeOf(fieldName: string, values: readonly string[]): EnumType {
  const key = values.join()
  const shortName = /[A-Z]?[a-z0-9]*$/.exec(fieldName)?.[0] ?? fieldName
  const name = [shortName, fieldName].map(toPascalCase).find((candidate) => (enums.get(candidate)?.values ?? key) === key)
  if (name === undefined) throw new TypeError(`${fieldName}: expected an enum name that is not taken`)
  const known = enums.get(name)
  if (known) return known.ref
  const ref = builder.enumType(name, { values: values.map(toConstantCase) })
  enums.set(name, { ref, values: key })
  return ref
}

/** A field names its type; a variant puts its own name before that of its choice, as in `AdamOptimizer`. */
function typeName(parent: string, name: string): string {
  return variantsOf.has(parent) ? toPascalCase(name) + parent : toPascalCase(name)
}

const variantsOf = new Set(choiceNames(root))

function choiceNames(field: FieldDescription, name = 'RunConfig'): string[] {
  if (field.type === 'choice') {
    return [name, ...Object.entries(field.variants).flatMap(([kind, variant]) => choiceNames(variant, toPascalCase(kind) + name))]
  }
  if (field.type !== 'object') return []
  return Object.entries(field.fields).flatMap(([member, description]) => choiceNames(description, toPascalCase(member)))
}

function definedOnce<Ref>(refs: Map<string, Ref>, name: string, define: (name: string) => Ref): Ref {
  const ref = refs.get(name) ?? define(name)
  refs.set(name, ref)
  return ref
}

function isComposite(field: FieldDescription): boolean {
  return (field.type === 'object' && hasFields(field)) || field.type === 'choice'
}

function isFlag(field: FieldDescription): field is ObjectDescription {
  return field.type === 'object' && !hasFields(field)
}

function isList(field: FieldDescription): field is Extract<FieldDescription, { type: 'list' }> {
  return field.type === 'list'
}

function describe({ title, description, unit }: FieldDescription): string {
  return [description || title, unit && `Unit: ${unit}.`].filter(Boolean).join(' ')
}

function toPascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1)
}
