import { z } from 'zod'
import { describeMeasurement } from '../measurements/Measurement.js'
import { type MetricId, metricCatalog } from '../measurements/measurementCatalog.js'
import { described, measured } from './partSchema.js'

/** Describes what is measured of the model and of each thing that it is compared with: a number for each row of metricCatalog. */
export const subjectMetricsSchema = z.strictObject(
  Object.fromEntries(metricCatalog.map((row) => [row.id, measured.meta(described(describeMeasurement(row)))])) as Record<
    MetricId,
    typeof measured
  >,
)

export type SubjectMetrics = z.output<typeof subjectMetricsSchema>
