import { type Subject, subjectCatalog } from '../analysis/subjects.js'
import { isMoreThanError } from '../config/Objective.js'
import { type EpochValueId, epochCatalog, type MetricId, metricCatalog } from '../measurements/measurementCatalog.js'
import type { RunFacts } from './RunFacts.js'

/** A number that a claim rests on, with its name in sentences. */
export interface Term {
  readonly title: string
  /** What it is of, where that is not the run's model: `PCA`. */
  readonly of: string | null
  readonly unit: string | null
  /** The runs that it was worked out of. */
  readonly runs: readonly RunFacts[]
  /** Null where it was not measured. */
  readonly value: number | null
}

/** Takes what was measured of a run after its last epoch: of the model, or of what it is compared with. */
export function measured(run: RunFacts, metric: MetricId, subject: Subject = 'MODEL'): Term {
  const row = metricCatalog.find(({ id }) => id === metric)
  return {
    title: (row?.title ?? metric).replace(',', ''),
    of: subject === 'MODEL' ? null : uncapitalized(subjectCatalog[subject].title),
    unit: row?.unit ?? null,
    runs: [run],
    value: run.analysis?.subjects.find((each) => each.subject === subject)?.metrics[metric] ?? null,
  }
}

/** Takes what was measured of a run after its last epoch of training. */
export function ofLastEpoch(run: RunFacts, id: EpochValueId): Term {
  const row = epochCatalog.find((each) => each.id === id)
  const title = row?.ranksWithin === 'objective' && isMoreThanError(run.config) ? row.title.replace('loss', 'objective') : row?.title
  return { title: title ?? id, of: null, unit: row?.unit ?? null, runs: [run], value: run.metrics[id] ?? null }
}

interface WorkedOut extends Pick<Term, 'title'> {
  readonly runs: RunFacts | readonly RunFacts[]
  readonly value: number | null | undefined
  readonly unit?: string
}

/** Takes a number that is worked out of what is known of runs. */
export function workedOut({ title, runs, value, unit }: WorkedOut): Term {
  return {
    title,
    of: null,
    unit: unit ?? null,
    runs: 'id' in runs ? [runs] : runs,
    value: value !== null && value !== undefined && Number.isFinite(value) ? value : null,
  }
}

/** Writes a title as it stands within a sentence; abbreviations and names stay. */
function uncapitalized(title: string): string {
  return /^(\p{Lu}{2}|Wiener)/u.test(title) ? title : `${title.charAt(0).toLowerCase()}${title.slice(1)}`
}
