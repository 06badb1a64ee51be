import type { RunFilter } from '../../data/generated/graphql'

export type TableFormat = 'csv' | 'parquet'

/** The address of a table of the runs that a filter finds, with some columns, or with all that runs have values of. */
export function exportAddress(format: TableFormat, filter: RunFilter | null, columns: readonly string[] | null): string {
  const { text, timeZone, status, dataset, ids } = filter ?? {}
  const lists = { status, dataset, ids, columns }
  const parts = new URLSearchParams({ ...(text ? { text } : {}), ...(timeZone ? { timeZone } : {}) })
  for (const [name, values] of Object.entries(lists)) for (const value of values ?? []) if (value) parts.append(name, value)
  const query = parts.toString()
  return `/tables/runs.${format}${query ? `?${query}` : ''}`
}
