import fc from 'fast-check'
import { DISCRIMINATOR, type FieldDescription, type ObjectDescription } from '../../src/index.js'

/** Generates values that a described field accepts, taken alone. */
export function arbitraryValue(field: FieldDescription): fc.Arbitrary<unknown> {
  const value = arbitraryPresent(field)
  return field.nullable ? fc.option(value, { nil: null }) : value
}

function arbitraryPresent(field: FieldDescription): fc.Arbitrary<unknown> {
  switch (field.type) {
    case 'object':
      return arbitraryObject(field)
    case 'choice':
      return fc.oneof(
        ...Object.entries(field.variants).map(([kind, variant]) =>
          arbitraryObject(variant).map((settings) => ({ [DISCRIMINATOR]: kind, ...settings })),
        ),
      )
    case 'enum':
      return fc.constantFrom(...field.values)
    case 'list':
      return fc.array(arbitraryValue(field.item), { maxLength: field.maximumItems ?? 10 })
    case 'integer':
      return fc.integer({ min: field.minimum ?? -1e6, max: Math.min(field.maximum ?? 1e6, 2 ** 31 - 1) })
    case 'number':
      return fc.double({
        noNaN: true,
        min: field.minimum ?? field.exclusiveMinimum ?? -1e6,
        minExcluded: field.exclusiveMinimum !== undefined,
        max: field.maximum ?? field.exclusiveMaximum ?? 1e6,
        maxExcluded: field.exclusiveMaximum !== undefined,
      })
  }
}

function arbitraryObject({ fields }: ObjectDescription): fc.Arbitrary<Record<string, unknown>> {
  return fc.record(Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, arbitraryValue(field)])))
}
