import { countMultiplications } from '../architectures/layouts.js'
import type { ArchitectureConfig } from '../config/RunConfig.js'

/** Products that plain JavaScript computes in some 10 ms. */
const WORK = 4_000_000

/** Counts the examples that plain JavaScript encodes or decodes in some 10 ms, at least one: who has more to do lets others in between. */
export function rowsAtATime(config: ArchitectureConfig, exampleShape: readonly number[]): number {
  return Math.max(1, Math.floor(WORK / countMultiplications(config, exampleShape)))
}
