import { epochMetricCatalog } from '@hourglass/autoencoders'
import type { ObjectRef } from '@pothos/core'
import { readMeasurements } from '../../runs/epochMeasurements.js'
import { builder } from './builder.js'

interface Measured {
  readonly measurements: unknown
}

/** Offers each metric of the catalog as a field of what holds measurements: null where it does not apply, or was not measured yet. */
export function addMeasurementFields<Shape extends Measured>(type: ObjectRef<typeof builder.$inferSchemaTypes, Shape>): void {
  builder.objectFields(type, (t) =>
    Object.fromEntries(
      epochMetricCatalog.map(({ id, description, formula, unit }) => [
        id,
        t.float({
          nullable: true,
          description: describeMetric({ description, formula, unit }),
          resolve: (parent) => readMeasurements(parent)[id],
        }),
      ]),
    ),
  )
}

/** Words a metric for the schema: what it says, how it is computed, in which unit. */
export function describeMetric({ description, formula, unit }: { description: string; formula: string; unit: string | null }): string {
  return `${description} Formula: ${formula}.${unit ? ` Unit: ${unit}.` : ''}`
}
