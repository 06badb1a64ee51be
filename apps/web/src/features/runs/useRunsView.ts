import { createParser, debounce, parseAsArrayOf, parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from 'nuqs'
import { useMemo } from 'react'
import type { RunFilter } from '../../data/generated/graphql'
import { readSort, toOrderBy } from './sortTerms'

export const statusNames = ['QUEUED', 'RUNNING', 'STOPPED', 'COMPLETED', 'FAILED'] as const
export const groupFigures = ['MEAN', 'STANDARD_DEVIATION', 'BEST'] as const

/** Columns that a table begins with. */
export const FIRST_COLUMNS = [
  'name',
  'status',
  'dataset',
  'configuration',
  'metric.trainLoss',
  'metric.validationLoss',
  'curve',
  'time',
  'created',
]

const strings = parseAsArrayOf(parseAsString)

/** Widths of columns in pixels, `name:240`. */
const parseAsWidth = createParser<readonly [column: string, width: number]>({
  parse: (written) => {
    const colon = written.lastIndexOf(':')
    const width = Number(written.slice(colon + 1))
    return colon > 0 && Number.isFinite(width) ? [written.slice(0, colon), width] : null
  },
  serialize: ([column, width]) => `${column}:${Math.round(width)}`,
})

const view = {
  q: parseAsString.withDefault('').withOptions({ limitUrlUpdates: debounce(250) }),
  status: parseAsArrayOf(parseAsStringLiteral(statusNames)).withDefault([]),
  dataset: strings.withDefault([]),
  sort: strings.withDefault([]),
  direction: parseAsStringLiteral(['DESC', 'ASC']).withDefault('DESC'),
  columns: strings.withDefault(FIRST_COLUMNS),
  /** Columns that stay at the left edge. */
  pin: strings.withDefault(['name']),
  widths: parseAsArrayOf(parseAsWidth).withDefault([]),
  /** Keys that runs are grouped by. */
  group: strings.withDefault([]),
  /** Groups that are open, by what their runs have in common. */
  open: strings.withDefault([]),
  /** What of a metric groups are sorted by. */
  figure: parseAsStringLiteral(groupFigures).withDefault('MEAN'),
  scale: parseAsStringLiteral(['linear', 'log']).withDefault('linear'),
  curves: parseAsBoolean.withDefault(true),
}

/** Reads and writes what the address says about the table of runs: filter, order, columns, groups and the axis of its curves. */
export function useRunsView() {
  const [state, setState] = useQueryStates(view, { history: 'replace' })
  const { q, status, dataset } = state
  const filter = useMemo<RunFilter | null>(() => {
    const text = q.trim()
    if (text === '' && status.length === 0 && dataset.length === 0) return null
    return {
      ...(text ? { text, timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone } : {}),
      ...(status.length > 0 ? { status } : {}),
      ...(dataset.length > 0 ? { dataset } : {}),
    }
  }, [q, status, dataset])
  const sort = useMemo(() => readSort(state.sort, state.direction), [state.sort, state.direction])
  const orderBy = useMemo(() => toOrderBy(sort), [sort])
  return { state, setState, filter, sort, orderBy }
}

export type RunsView = ReturnType<typeof useRunsView>['state']
/** What of the view is to be another; null is as it is at first. */
export type ViewChange = Parameters<ReturnType<typeof useRunsView>['setState']>[0] & object
