import { countExamples, datasetCatalog, type ExampleCounts } from '@hourglass/datasets'
import type { RunConfig } from './RunConfig.js'

/** Counts the examples that a run learns from, is scored on after each epoch, and is shown and measured on. */
export function examplesOf({ data }: Pick<RunConfig, 'data'>): ExampleCounts {
  return countExamples(datasetCatalog[data.dataset], data)
}
