import { latentDimensionOf, type RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { fromBytes } from '../../database/float64Bytes.js'
import type { PcaBaseline } from '../../generated/prisma/client.js'
import type { Run } from '../../runs/RunReader.js'
import { readConfig } from '../../runs/readConfig.js'
import { builder } from './builder.js'
import type { Loaders } from './loaders.js'

interface RunBaseline {
  readonly components: number
  readonly meanSquaredError: number
}

export const PcaBaselineType = builder.objectRef<RunBaseline>('PcaBaseline').implement({
  description: 'Error of principal component analysis on the run’s test data, fitted on its training data.',
  fields: (t) => ({ components: t.exposeInt('components'), meanSquaredError: t.exposeFloat('meanSquaredError') }),
})

/** Finds the baseline of a run; null where it has none yet, or no configuration that says how many components. */
export async function describeBaseline(loaders: Loaders, run: Run): Promise<RunBaseline | null> {
  const config = readConfig(run)
  const baseline = run.pcaBaselineId === null ? null : await loaders.baseline.load(run.pcaBaselineId)
  return baseline && 'value' in config ? pickError(config.value, baseline) : null
}

/** Picks the error for as many components as the code has dimensions; a code larger than an example has PCA keep everything. */
function pickError({ architecture, data }: RunConfig, { meanSquaredErrors }: PcaBaseline): RunBaseline | null {
  const errors = fromBytes(meanSquaredErrors)
  const components = Math.min(latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape), errors.length)
  const meanSquaredError = errors[components - 1]
  return meanSquaredError === undefined ? null : { components, meanSquaredError }
}
