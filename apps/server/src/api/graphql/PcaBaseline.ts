import { isNone, latentDimensionOf, type RunConfig } from '@hourglass/autoencoders'
import { datasetCatalog } from '@hourglass/datasets'
import { fromBytes } from '../../database/float64Bytes.js'
import type { PcaBaseline } from '../../generated/prisma/client.js'
import type { Run } from '../../runs/RunReader.js'
import { readConfig } from '../../runs/readConfig.js'
import { builder } from './builder.js'
import type { Loaders } from './loaders.js'

interface RunBaseline {
  readonly components: number
  readonly isWhole: boolean
  readonly meanSquaredError: number
  readonly validationMeanSquaredError: number | null
  readonly isClipped: boolean
}

export const PcaBaselineType = builder.objectRef<RunBaseline>('PcaBaseline').implement({
  description:
    'What principal component analysis, fitted to the run’s training examples, makes of its test and validation examples as the model sees them: corrupted with the same noise where the run corrupts them. None where that keeps everything.',
  fields: (t) => ({
    components: t.exposeInt('components', { description: 'As many as the code has units, or all along which the training data vary.' }),
    isWhole: t.exposeBoolean('isWhole', { description: 'Whether these are all components that there are.' }),
    meanSquaredError: t.exposeFloat('meanSquaredError', { description: 'Against the clean test examples.' }),
    validationMeanSquaredError: t.exposeFloat('validationMeanSquaredError', {
      nullable: true,
      description: 'Against the clean validation examples, which the model is scored on after each epoch; null where none are held out.',
    }),
    isClipped: t.exposeBoolean('isClipped', {
      description: 'Whether what is reconstructed of images is clipped to 0…1, as the model’s is; false for runs of earlier versions.',
    }),
  }),
})

/** Finds the baseline of a run; null where it has none yet, or nothing that can be set beside it. */
export async function describeBaseline(loaders: Loaders, run: Run): Promise<RunBaseline | null> {
  const config = readConfig(run)
  const baseline = run.pcaBaselineId === null ? null : await loaders.baseline.load(run.pcaBaselineId)
  if (!baseline || !('value' in config)) return null
  if (baseline.corruption === '') return pickEarlier(config.value, baseline)
  if (keepsEverything(baseline, config.value)) return null
  const { components, isWhole, meanSquaredError, validationMeanSquaredError } = baseline
  return { components, isWhole, meanSquaredError, validationMeanSquaredError, isClipped: true }
}

/** Tells whether PCA leaves nothing out of what it sees: no number of a code that long says how well that is done. */
function keepsEverything({ isWhole, trainCount }: PcaBaseline, { corruption, data }: RunConfig): boolean {
  const size = datasetCatalog[data.dataset].exampleShape.reduce((product, side) => product * side, 1)
  // Fewer examples than values vary along fewer directions: what lies off these is lost.
  return isWhole && isNone(corruption) && trainCount > size
}

/** Picks the error of a baseline that an earlier version computed, of clean examples: nothing for what sees corrupted ones. */
function pickEarlier({ architecture, corruption, data }: RunConfig, { meanSquaredErrors, trainCount }: PcaBaseline): RunBaseline | null {
  if (!isNone(corruption)) return null
  const errors = fromBytes(meanSquaredErrors)
  const most = Math.min(errors.length, trainCount - 1)
  const components = Math.min(latentDimensionOf(architecture, datasetCatalog[data.dataset].exampleShape), most)
  const meanSquaredError = errors[components - 1]
  return meanSquaredError === undefined
    ? null
    : { components, isWhole: components === most, meanSquaredError, validationMeanSquaredError: null, isClipped: false }
}
