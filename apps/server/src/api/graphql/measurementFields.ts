import { describeMeasurement, type Measurement } from '@hourglass/autoencoders'
import type { ObjectRef } from '@pothos/core'
import { builder } from './builder.js'

interface MeasurementFields<Shape, Row extends Measurement> {
  readonly rows: readonly Row[]
  readonly read: (parent: Shape, id: Row['id']) => number | undefined
}

/**
 * Offers each row of the catalog as a field of what was measured: null where it does not apply, was not measured or is not finite.
 */
export function addMeasurementFields<Shape, Row extends Measurement>(
  type: ObjectRef<typeof builder.$inferSchemaTypes, Shape>,
  { rows, read }: MeasurementFields<Shape, Row>,
): void {
  builder.objectFields(type, (t) =>
    Object.fromEntries(
      rows.map((row) => [
        row.id,
        t.float({
          nullable: true,
          description: describeMeasurement(row),
          resolve: (parent) => finiteOrNull(read(parent, row.id)),
        }),
      ]),
    ),
  )
}

/** A number for GraphQL, which has none that are not finite. */
export function finiteOrNull(value: number | undefined): number | null {
  return value !== undefined && Number.isFinite(value) ? value : null
}
