import { defaultLimits } from '../analysis/AnalysisLimits.js'
import { latentDimensionOf } from '../architectures/layouts.js'
import { defaultSteps } from '../compression/codeRateDistortion.js'
import type { RunConfig } from '../config/RunConfig.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import type { DatasetSizes } from './countRun.js'
import { addWork, noWork, scaleWork, type Work } from './Work.js'

export interface AnalyzedModel extends DatasetSizes {
  /** Of encoding and decoding one example. */
  readonly evaluation: Work
  /** Of one example's share of a training step. */
  readonly step: Work
}

/**
 * Values that JavaScript goes through for each pixel of an image (similarity, JPEG, linear probes, clusters), for each more where images are corrupted, and for each unit of
 * the code (its own probes, clusters, entropy coding); measured with MNIST.
 */
const VALUES_PER_PIXEL = 1_300_000
const VALUES_PER_CORRUPTED_PIXEL = 500_000
const VALUES_PER_UNIT = 1_300_000
/** For each unit up to where fewer codes are clustered, from fewer starts. */
const VALUES_PER_CLUSTERED_UNIT = 12_000_000
const LONGEST_CLUSTERED_CODE = 16
/** Of longer codes fewer examples are looked at. */
const LONGEST_CODE = 1000
/** A classifier's step goes through the encoder alone. */
const CLASSIFIER_SHARE = 0.5

/** Counts the work of measuring a run after its last epoch, the classifiers of few labels included. */
export function countAnalysis(config: RunConfig, model: AnalyzedModel): Work {
  const { architecture, corruption, evaluation } = config
  const { exampleShape, testCount } = model
  const isImage = exampleShape.length > 1
  const isCorrupted = corruption.kind !== 'none'
  const size = sizeOfShape(exampleShape)
  const units = latentDimensionOf(architecture, exampleShape)
  const passes = testCount * (isCorrupted ? 2 : 1) + (isImage ? imagePasses(config, model) : 0)
  const values = isImage
    ? size * (VALUES_PER_PIXEL + (isCorrupted ? VALUES_PER_CORRUPTED_PIXEL : 0)) +
      Math.min(LONGEST_CODE, units) * VALUES_PER_UNIT +
      Math.min(LONGEST_CLUSTERED_CODE, units) * VALUES_PER_CLUSTERED_UNIT
    : 0
  const steps = evaluation.labels === null ? 0 : 2 * CLASSIFIER_SHARE * evaluation.labels * evaluation.fineTuningEpochs
  return addWork(scaleWork(model.evaluation, passes), scaleWork(model.step, steps), { ...noWork, scriptedValue: values })
}

/** How often an image is encoded and decoded, besides all test images once; either alone counts half. */
function imagePasses({ architecture }: RunConfig, { trainCount, testCount }: AnalyzedModel): number {
  const { linearProbeTrain, compressionTrain, compressionTest, inpainting, inpaintingIterations, inpaintingChains, training, noise } =
    defaultLimits
  const chains = architecture.encoder.kind === 'variational' ? inpaintingChains : 1
  return (
    (Math.min(linearProbeTrain, trainCount) + Math.min(compressionTrain, trainCount)) / 2 +
    (defaultSteps.length * Math.min(compressionTest, testCount)) / 2 +
    Math.min(inpainting, testCount) * inpaintingIterations * chains +
    Math.min(training, trainCount) +
    noise
  )
}
