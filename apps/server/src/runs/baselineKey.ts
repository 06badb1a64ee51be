import { latentDimensionOf, type RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'

/** Which examples a run uses. */
export interface RunExamples {
  readonly trainCount: number
  /** Held out of training; 0 where none are. */
  readonly validationCount: number
  readonly testCount: number
  /** How they are chosen, as the configuration says it. */
  readonly selection: string
}

/** What a PCA baseline depends on: two runs of the same one are compared with the same error. */
export interface BaselineKey extends RunExamples {
  readonly dataset: string
  /** How the examples that models and PCA see are corrupted, as the configuration says it, in JSON. */
  readonly corruption: string
  readonly codeSize: number
}

/** Names the PCA baseline of a run. */
export function baselineKey(
  { data: { dataset }, architecture, corruption }: RunConfig,
  { trainCount, validationCount, testCount, selection }: RunExamples,
): BaselineKey {
  const codeSize = latentDimensionOf(architecture, datasetCatalog[dataset].exampleShape)
  return { dataset, trainCount, validationCount, testCount, selection, corruption: JSON.stringify(corruption), codeSize }
}
