import { latentDimensionOf, type RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import type { PcaBaseline } from '../../generated/prisma/client.js'
import { fromBytes } from '../../runs/EpochRecord.js'
import { builder } from './builder.js'

interface RunBaseline {
  readonly components: number
  readonly meanSquaredError: number
}

export const PcaBaselineType = builder.objectRef<RunBaseline>('PcaBaseline').implement({
  description: 'Error of principal component analysis on the run’s test data, fitted on its training data.',
  fields: (t) => ({ components: t.exposeInt('components'), meanSquaredError: t.exposeFloat('meanSquaredError') }),
})

/** Picks the error for as many components as the code has dimensions; a code larger than an example has PCA keep everything. */
export function describeBaseline({ architecture, data }: RunConfig, { meanSquaredErrors }: PcaBaseline): RunBaseline | null {
  const errors = fromBytes(meanSquaredErrors)
  const components = Math.min(latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape), errors.length)
  const meanSquaredError = errors[components - 1]
  return meanSquaredError === undefined ? null : { components, meanSquaredError }
}
