import type { FacetKinds } from '../readRanking.js'
import type { RunFilter } from '../runFilter.js'
import type { RunGroupKey, SharedValue } from './groupKeys.js'

/** How the runs of a group are spread along a value; runs without a number of the name count for nothing. */
export interface ValueSpread {
  readonly name: string
  readonly count: number
  readonly mean: number | null
  /** Of the sample, divided by n − 1; null for fewer than two runs. */
  readonly standardDeviation: number | null
  readonly minimum: number | null
  readonly maximum: number | null
  readonly better: 'lower' | 'higher' | null
  /** Whether its runs can be ranked by it: those that have a number are of one kind in all that matters for it. */
  readonly isComparable: boolean
  /** Of the runs that have a number. */
  readonly kinds: FacetKinds
  /** Number of the run with the best value, the oldest of several; null where neither way is better, or runs cannot be ranked. */
  readonly bestRunNumber: number | null
}

export interface RunGroup {
  readonly by: readonly RunGroupKey[]
  /** In the order of `by`. */
  readonly shared: readonly SharedValue[]
  readonly count: number
  /** In the order of what was asked for. */
  readonly spreads: readonly ValueSpread[]
  /** Finds the runs of the group, and no others. */
  readonly filter: RunFilter
}
