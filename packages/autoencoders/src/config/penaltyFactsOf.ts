import { isNone } from './isNone.js'
import type { RegularizerConfig } from './RunConfig.js'
import { regularizerRows } from './regularizerSchema.js'
import type { RegularizerRow } from './regularizers/RegularizerRow.js'

/** A penalty as far as it does not depend on its settings, and what it says of these. */
export interface PenaltyFacts extends Omit<RegularizerRow, 'schema' | 'details'> {
  readonly details: readonly string[]
}

/** Finds what is known of a penalty; null where nothing is added to the error. */
export function penaltyFactsOf(config: RegularizerConfig): PenaltyFacts | null {
  if (isNone(config)) return null
  // A row takes the settings of its own kind, which the lookup by kind guarantees and the type system cannot follow.
  const row = regularizerRows[config.kind] as RegularizerRow
  return { ...row, details: [`weight ${config.weight}`, ...row.details(config)] }
}
