import type { RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'

/** Normal noise beyond so many standard deviations comes about in fewer than one of 10⁸ values. */
const MOST_DEVIATIONS = 6

export interface InputRange {
  readonly minimum: number
  readonly maximum: number
}

/**
 * Tells in which range the values of what an encoder was trained on lie: pixels from 0 to 1, and as far beyond as the noise of a denoising autoencoder takes
 * them. Null for points, whose coordinates have no bounds.
 */
export function inputRange({ data, corruption }: Pick<RunConfig, 'data' | 'corruption'>): InputRange | null {
  if (datasetCatalog[data.dataset].kind !== 'images') return null
  const beyond =
    corruption.kind === 'gaussian'
      ? MOST_DEVIATIONS * corruption.standardDeviation
      : corruption.kind === 'uniform'
        ? corruption.amplitude
        : 0
  return { minimum: -beyond, maximum: 1 + beyond }
}
