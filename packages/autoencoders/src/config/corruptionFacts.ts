import { type CorruptionRow, noiseOf } from '@hourglass/datasets'
import { isNone } from './isNone.js'
import type { CorruptionConfig } from './RunConfig.js'

/** Says what a corruption is, as within a sentence: `uniform, ±0.5`; nothing where there is none. */
export function describeCorruption(corruption: CorruptionConfig): string {
  return factOf(corruption, ({ row, level }) => row.describe(level)) ?? ''
}

/** Tells how far beyond the range of the clean values corrupted ones come, in the unit of the values. */
export function reachOfCorruption(corruption: CorruptionConfig): number {
  return factOf(corruption, ({ row, level }) => row.reach(level)) ?? 0
}

/** Reads the standard deviation of normal noise that a corruption adds, in the unit of the values; null where it adds none. */
export function normalDeviation(corruption: CorruptionConfig): number | null {
  return factOf(corruption, ({ row, level }) => row.normalDeviation(level))
}

/** Tells whether a corruption makes sense only of values from 0 to 1. */
export function needsPixels(corruption: CorruptionConfig): boolean {
  return factOf(corruption, ({ row }) => row.needsPixels) ?? false
}

type Noise = { readonly row: CorruptionRow; readonly level: number }

function factOf<Fact>(corruption: CorruptionConfig, read: (noise: Noise) => Fact): Fact | null {
  return isNone(corruption) ? null : read(noiseOf(corruption))
}
