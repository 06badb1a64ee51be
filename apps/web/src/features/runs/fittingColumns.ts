import { MOST_COLUMNS } from '../../data/shownColumns'
import { ownColumns } from './runColumns'

/** Tells whether the API is asked for a key to fill a column. */
const isAsked = (name: string) => !(name in ownColumns)

/** Leaves out of columns, which an address may name any number of, those of keys beyond what the API tells of a run. */
export function fittingColumns(names: readonly string[]): readonly string[] {
  const distinct = [...new Set(names)]
  const asked = new Set(distinct.filter(isAsked).slice(0, MOST_COLUMNS))
  return distinct.filter((name) => !isAsked(name) || asked.has(name))
}

/** Tells whether columns hold as many keys as they can. */
export function isFull(names: readonly string[]): boolean {
  return new Set(names.filter(isAsked)).size >= MOST_COLUMNS
}
