import { latentDimensionOf } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import type { Run } from '../runs/RunReader.js'
import { requireConfig } from '../runs/readConfig.js'

/** Tells how many values a code of a run has; throws as {@link requireConfig} does. */
export function codeLengthOf(run: Run): number {
  const { architecture, data } = requireConfig(run)
  return latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape)
}
