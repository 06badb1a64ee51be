import { datasetCatalog } from '@hourglass/datasets'
import type { RunConfig } from './RunConfig.js'

/** Gives the shape of the examples that a run is trained on. */
export function exampleShapeOf({ data }: Pick<RunConfig, 'data'>): readonly number[] {
  return datasetCatalog[data.dataset].exampleShape
}
