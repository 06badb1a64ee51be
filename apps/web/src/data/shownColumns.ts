import { BehaviorSubject } from 'rxjs'

/** Stands among columns for the latest reconstructions, which are no key. */
export const RECONSTRUCTIONS = 'reconstructions'

/** So many keys the API tells of each run. */
export const MOST_COLUMNS = 60

/** What the table of runs shows beside what every row has, by names of keys: what is told of runs brings it along. */
export const shownColumns = new BehaviorSubject<readonly string[]>([])

export interface ColumnVariables {
  readonly columns: string[]
  readonly withColumns: boolean
  readonly withReconstructions: boolean
}

/** Has an operation bring columns along. */
export function columnVariables(shown: readonly string[]): ColumnVariables {
  const columns = shown.filter((name) => name !== RECONSTRUCTIONS)
  return { columns, withColumns: columns.length > 0, withReconstructions: columns.length < shown.length }
}
