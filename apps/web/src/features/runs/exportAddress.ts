import type { RunFilter } from '../../data/generated/graphql'

export type TableFormat = 'csv' | 'parquet'

/** Runs that are taken away as a table. */
export interface ExportedRuns {
  readonly filter: RunFilter | null
  /** Ids of those that match and are left out all the same. @default none */
  readonly except?: readonly string[]
}

/** The address of a table of the runs that a filter finds, with some columns, or with all that runs have values of. */
export function exportAddress(format: TableFormat, { filter, except }: ExportedRuns, columns: readonly string[] | null): string {
  const { text, timeZone, status, dataset, ids } = filter ?? {}
  const lists = { status, dataset, ids, except, columns }
  const parts = new URLSearchParams({ ...(text ? { text } : {}), ...(timeZone ? { timeZone } : {}) })
  for (const [name, values] of Object.entries(lists)) for (const value of values ?? []) if (value) parts.append(name, value)
  const query = parts.toString()
  return `/tables/runs.${format}${query ? `?${query}` : ''}`
}
