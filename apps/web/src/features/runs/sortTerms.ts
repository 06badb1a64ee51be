import type { RunOrder, RunOrderField } from '../../data/generated/graphql'

/** A key that runs are sorted by, by its name in full. */
export interface SortTerm {
  readonly key: string
  readonly descending: boolean
}

/** Stands for the number of runs, which only groups are sorted by. */
export const COUNT = 'count'

/** Most keys that the API sorts by. */
const MOST_TERMS = 4

const NEWEST_FIRST: readonly SortTerm[] = [{ key: 'created', descending: true }]

/** Fields that the API has an index of its own for. Addresses of earlier versions name them so. */
const fields: Readonly<Record<string, RunOrderField>> = {
  created: 'CREATED_AT',
  name: 'NAME',
  status: 'STATUS',
  'metric.validationLoss': 'VALIDATION_LOSS',
}
const keyOfField = new Map<string, string>(Object.entries(fields).map(([key, field]) => [field, key]))

/** Reads the terms of an address: names of keys, a minus before those that descend. `direction` is that of addresses of earlier versions. */
export function readSort(written: readonly string[], direction: 'ASC' | 'DESC'): readonly SortTerm[] {
  const terms = written.slice(0, MOST_TERMS).map((term): SortTerm => {
    const earlier = keyOfField.get(term)
    if (earlier !== undefined) return { key: earlier, descending: direction === 'DESC' }
    return term.startsWith('-') ? { key: term.slice(1), descending: true } : { key: term, descending: false }
  })
  return terms.length === 0 ? NEWEST_FIRST : terms
}

/** Writes terms for an address; none where they are what a table begins with. */
export function writeSort(terms: readonly SortTerm[]): string[] | null {
  return isNewestFirst(terms) ? null : terms.map(({ key, descending }) => `${descending ? '-' : ''}${key}`)
}

/** Tells whether runs stand in the order that is usual. */
export function isNewestFirst(terms: readonly SortTerm[]): boolean {
  const [first] = terms
  return terms.length === 1 && first?.key === 'created' && first.descending
}

/** What is sorted by once a heading was clicked: the other way where it was sorted by already; beside the others where these are to stay. */
export function sortedBy(terms: readonly SortTerm[], clicked: SortTerm, isAdded: boolean): readonly SortTerm[] {
  const known = terms.find(({ key }) => key === clicked.key)
  const turned = known ? { key: known.key, descending: !known.descending } : clicked
  if (!isAdded) return [turned]
  return known ? terms.map((term) => (term === known ? turned : term)) : [...terms, turned].slice(-MOST_TERMS)
}

/** The order as the API takes it; null for the newest first. */
export function toOrderBy(terms: readonly SortTerm[]): RunOrder[] | null {
  const ofRuns = terms.filter(({ key }) => key !== COUNT)
  if (ofRuns.length === 0 || isNewestFirst(ofRuns)) return null
  return ofRuns.map(({ key, descending }) => {
    const field = fields[key]
    const direction = descending ? 'DESC' : 'ASC'
    return field ? { field, direction } : { key, direction }
  })
}
