import { latentDimensionOf, type RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'

/** What the examples of a run are. */
export interface ExampleCounts {
  readonly trainCount: number
  readonly testCount: number
}

/** What a PCA baseline depends on: two runs of the same one are compared with the same error. */
export interface BaselineKey extends ExampleCounts {
  readonly dataset: string
  /** How the examples that models and PCA see are corrupted, as the configuration says it, in JSON. */
  readonly corruption: string
  readonly codeSize: number
}

/** Names the PCA baseline of a run. */
export function baselineKey(
  { data: { dataset }, architecture, corruption }: RunConfig,
  { trainCount, testCount }: ExampleCounts,
): BaselineKey {
  const codeSize = latentDimensionOf(architecture, datasetCatalog[dataset].exampleShape)
  return { dataset, trainCount, testCount, corruption: JSON.stringify(corruption), codeSize }
}
