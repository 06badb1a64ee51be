import { type ArchitectureConfig, architectureRows } from './architectureSchema.js'
import type { ArchitectureRow } from './rows/ArchitectureRow.js'

/** Finds what is known of an architecture; what its row tells or counts, it reads from the settings that are given here. */
export function architectureRowOf({ kind }: Pick<ArchitectureConfig, 'kind'>): ArchitectureRow {
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  return architectureRows[kind] as ArchitectureRow
}
