import { metricCatalog } from '../measurements/measurementCatalog.js'
import type { Analysis } from './analysisSchema.js'
import type { SubjectMetrics } from './SubjectMetrics.js'
import type { Subject } from './subjects.js'

export type SubjectRow = Analysis['subjects'][number]

/** Fills a row up with null for whatever does not apply or is not finite. */
export function toRow(subject: Subject, measured: Partial<SubjectMetrics>): SubjectRow {
  const finite = metricCatalog.map(({ id }) => {
    const value = measured[id]
    return [id, value !== undefined && value !== null && Number.isFinite(value) ? value : null] as const
  })
  return { subject, metrics: Object.fromEntries(finite) as SubjectMetrics }
}
