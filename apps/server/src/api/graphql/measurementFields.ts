import { epochMetricCatalog } from '@hourglass/autoencoders'
import type { ObjectRef } from '@pothos/core'
import { builder } from './builder.js'

/** Offers each metric of the catalog as a field of what holds numbers by name: null where it does not apply, was not measured or is not finite. */
export function addMeasurementFields<Shape>(
  type: ObjectRef<typeof builder.$inferSchemaTypes, Shape>,
  valuesOf: (parent: Shape) => Readonly<Record<string, number>>,
): void {
  builder.objectFields(type, (t) =>
    Object.fromEntries(
      epochMetricCatalog.map(({ id, description, formula, unit }) => [
        id,
        t.float({
          nullable: true,
          description: describeMetric({ description, formula, unit }),
          resolve: (parent) => finiteOrNull(valuesOf(parent)[id]),
        }),
      ]),
    ),
  )
}

/** A number for GraphQL, which has none that are not finite. */
export function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}

/** Words a metric for the schema: what it says, how it is computed, in which unit. */
export function describeMetric({ description, formula, unit }: { description: string; formula: string; unit: string | null }): string {
  return `${description} Formula: ${formula}.${unit ? ` Unit: ${unit}.` : ''}`
}
