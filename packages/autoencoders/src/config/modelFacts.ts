import { datasetCatalog } from '@hourglass/datasets'
import { latentDimensionOf } from '../architectures/layouts.js'
import { objectiveKey } from './Objective.js'
import { objectiveTitle } from './objectiveTitle.js'
import type { RunConfig } from './RunConfig.js'

/** What follows from a configuration and is asked for by itself. */
export interface ModelFacts {
  /** Units of the code, whatever the architecture calls them. */
  readonly codeSize: number
  /** What is minimized, in words. */
  readonly objective: string
  /** Tells objectives apart whose values cannot be set side by side. */
  readonly objectiveKey: string
}

/** Works out what a run's model is asked for by. */
export function modelFacts(config: RunConfig): ModelFacts {
  return {
    codeSize: latentDimensionOf(config.architecture, datasetCatalog[config.data.dataset].exampleShape),
    objective: objectiveTitle(config),
    objectiveKey: objectiveKey(config),
  }
}
