import { latentDimensionOf, type RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'

/** Tells how many values a code of a run of this configuration has. */
export function codeLengthOf({ architecture, data }: Pick<RunConfig, 'architecture' | 'data'>): number {
  return latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape)
}
