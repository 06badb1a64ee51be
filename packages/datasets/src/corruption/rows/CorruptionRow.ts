import type { Disturbance } from '@hourglass/random'

/** The one number of a corruption: how much of it there is. */
export interface NoiseLevel<Name extends string = string> {
  /** As configurations have it, for example `standardDeviation`. */
  readonly name: Name
  readonly title: string
  readonly description: string
  /** What it is within a sentence, beside the title of the corruption. */
  readonly words: string
  readonly default: number
  /** From 0, which is excluded. */
  readonly maximum: number
  readonly scale: 'linear' | 'log'
  /** Up to where it is offered to who spoils an example by hand. */
  readonly mostOffered: number
}

/** All that is known of a corruption: how it is computed, its setting, and every fact that other files ask for. */
export interface CorruptionRow<Name extends string = string> {
  readonly title: string
  /** Whole sentence: what becomes of the values. */
  readonly description: string
  readonly level: NoiseLevel<Name>
  /** Whether noise is added to every value; else some values are replaced. */
  readonly isAdded: boolean
  /** Whether it makes sense only of values from 0 to 1. */
  readonly needsPixels: boolean
  /** Says what it is, as within a sentence: `uniform, ±0.5`. */
  describe(level: number): string
  /** Tells how far beyond the range of the clean values the corrupted ones come, in the unit of the values. */
  reach(level: number): number
  /** Gives the standard deviation of normal noise, in the unit of the values; null for other noise. */
  normalDeviation(level: number): number | null
  /** Computes it, each value on its own; throws DatasetError INVALID_ARGUMENT for a level out of its range. */
  disturb(level: number): Disturbance
}

/** Holds a row to the name of its own level. */
export function corruptionRow<const Name extends string>(row: CorruptionRow<Name>): CorruptionRow<Name> {
  return row
}
