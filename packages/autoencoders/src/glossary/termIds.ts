import type { Measurement } from '../measurements/Measurement.js'
import { measurementCatalog } from '../measurements/measurementCatalog.js'

/** Names the term of a measurement. */
export function measurementTerm(id: string): string {
  const rows: readonly Measurement[] = measurementCatalog
  const title = rows.find((row) => row.id === id)?.title
  // Some measurements of epochs and of finished runs are the same number under two names.
  return `measurement-${rows.find((row) => row.title === title)?.id ?? id}`
}

/** Names the term of something that models are compared with. */
export const subjectTerm = (subject: string): string => `compared-${subject.toLowerCase().replaceAll('_', '-')}`
/** Names the term of a setting, by its path in the configuration. */
export const settingTerm = (path: string): string => `setting-${path.replaceAll('.', '-')}`
