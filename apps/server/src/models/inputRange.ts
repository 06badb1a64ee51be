import { type RunConfig, reachOfCorruption } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'

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
  const beyond = reachOfCorruption(corruption)
  return { minimum: -beyond, maximum: 1 + beyond }
}
