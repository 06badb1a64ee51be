import type { Ranked } from '@hourglass/autoencoders'
import type { QueryKey } from '@hourglass/query'
import type { KeySource } from './runFields.js'

/** Something that runs can be filtered, sorted and grouped by. */
export interface LabKey extends QueryKey {
  readonly group: 'FIELD' | 'CONFIG' | 'MODEL' | 'METRIC'
  readonly description: string
  readonly unit: string | null
  /** Which way is better; null where neither is, or that is not known. */
  readonly better: 'lower' | 'higher' | null
  /** What its numbers are of, which decides the runs that it ranks. */
  readonly ranked: Ranked
  /** Significant digits that tables show; null where any are as good. */
  readonly digits: number | null
  /** How tables write it. */
  readonly format: 'number' | 'duration' | 'count' | 'unitShare'
  /** Whether an axis of it is logarithmic. */
  readonly isLogarithmic: boolean
  readonly source: KeySource
}
