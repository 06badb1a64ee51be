import { type EpochMetricId, epochMetricCatalog } from '@hourglass/autoencoders'
import { z } from 'zod'

const measured = z.number().nullable().default(null)

/** Describes what an epoch measures beside its losses; what an older epoch did not measure is null. */
export const epochMeasurementsSchema = z.object(
  Object.fromEntries(epochMetricCatalog.map(({ id }) => [id, measured])) as Record<EpochMetricId, typeof measured>,
)
export type EpochMeasurements = z.output<typeof epochMeasurementsSchema>

/** Reads the measurements of an epoch, or of a run's latest, as they are stored. */
export function readMeasurements({ measurements }: { readonly measurements: unknown }): EpochMeasurements {
  return epochMeasurementsSchema.parse(measurements ?? {})
}
