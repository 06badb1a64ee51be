import type { ExampleCodec } from '../compression/ExampleCodec.js'
import { bernoulliBitsPerPixel } from '../metrics/bitsPerPixel.js'
import type { LabelledFeatures } from '../metrics/linearProbe.js'
import type { AnalysisContext } from './AnalysisContext.js'
import { rowsWithin } from './AnalysisLimits.js'
import type { PartResult } from './AnalysisPart.js'
import { corruptExamples } from './corruptExamples.js'
import { figureOf } from './figures.js'
import { measureFeatures } from './measureFeatures.js'
import { jacobianCount, measureEncoder } from './measureModel.js'
import { measureNoise } from './measureNoise.js'
import { compareWith } from './measureReconstructions.js'
import type { SubjectMetrics } from './SubjectMetrics.js'
import { firstRows } from './takeExamples.js'

/** Values that clustering looks at, but so many examples of wide features at least, and values that a linear probe is trained on. */
const CLUSTERED_VALUES = 32_000
const FEWEST_CLUSTERED = 400
const PROBED_VALUES = 4_000_000

/** How many examples the measures of features look at, for codes of a width. */
export function featureCounts({ limits, train, test }: AnalysisContext, width: number) {
  const counts = { train: train.labels.length, test: test.labels.length }
  return {
    linearProbeTrain: rowsWithin(PROBED_VALUES, { width, most: Math.min(limits.linearProbeTrain, counts.train) }),
    linearProbeTest: Math.min(limits.linearProbeTest, counts.test),
    kMeans: rowsWithin(CLUSTERED_VALUES, { width, most: Math.min(limits.kMeans, counts.test), least: FEWEST_CLUSTERED }),
  }
}

/** Measures the model and what it is compared with on the test examples as they are. */
export async function measureCleanSubjects(context: AnalysisContext): Promise<PartResult<null>> {
  const { model, pca, test, testCodes, testReconstructions, meanExample, sides, size, limits } = context
  const compare = (reconstructions: Float32Array) => compareWith(context, test.features, reconstructions)
  const pcaCodes = await pca.encode(test.features)
  const isBernoulli = context.options.config.loss === 'binaryCrossEntropy'
  const mean = new Float32Array(test.features.length)
  for (let begin = 0; begin < mean.length; begin += size) mean.set(meanExample, begin)
  const count = test.labels.length
  const subjects = {
    MODEL: {
      ...compare(testReconstructions),
      ...(isBernoulli ? { bitsPerPixel: bernoulliBitsPerPixel(test.features, testReconstructions) } : {}),
      ...(await measureEncoder(context)),
      ...(await measureCodes(context, model, testCodes)),
      ...(sides ? await measureNoise(model, context) : {}),
    },
    PCA: {
      ...compare(await pca.decode(pcaCodes)),
      ...(await measureCodes(context, pca, pcaCodes)),
      ...(sides ? await measureNoise(pca, context) : {}),
    },
    MEAN_IMAGE: compare(mean),
    PIXELS: await measureLabelled(context, { train: context.train, test, width: size }),
  }
  const counts = {
    test: count,
    structuralSimilarity: sides ? Math.min(limits.structuralSimilarity, count) : 0,
    ...featureCounts(context, model.latentDimension),
    jacobianNorm: jacobianCount(context),
  }
  return { value: null, subjects, counts }
}

/** Measures what is made of corrupted test examples against the clean ones; nothing where the run saw clean ones. */
export async function measureCorruptedSubjects(context: AnalysisContext): Promise<PartResult<null> | undefined> {
  const { model, sides, test } = context
  const corrupted = corruptExamples(context)
  if (!corrupted) return undefined
  const compare = (reconstructions: Float32Array) => compareWith(context, test.features, reconstructions)
  const denoised = await model.decode(await model.encode(corrupted.examples))
  const subjects = { DENOISED: compare(denoised), CORRUPTED: compare(corrupted.examples) }
  if (!sides || !corrupted.filtered) return { value: null, subjects }
  const figures = {
    'denoising/originals': figureOf(test.features, sides),
    'denoising/corrupted': figureOf(corrupted.examples, sides),
    'denoising/denoised': figureOf(denoised, sides),
    'denoising/medianFilter': figureOf(corrupted.filtered, sides),
  }
  return { value: null, subjects: { ...subjects, MEDIAN_FILTER: compare(corrupted.filtered) }, figures }
}

/** Measures codes as features; training examples are encoded for it. */
async function measureCodes(context: AnalysisContext, codec: ExampleCodec, testCodes: Float32Array): Promise<Partial<SubjectMetrics>> {
  const width = codec.latentDimension
  const { features, labels } = firstRows(context.train, featureCounts(context, width).linearProbeTrain)
  const train = { features: await codec.encode(features), labels }
  return measureLabelled(context, { train, test: { features: testCodes, labels: context.test.labels }, width })
}

interface LabelledSets {
  readonly train: LabelledFeatures
  readonly test: LabelledFeatures
  readonly width: number
}

/** Measures nothing where all examples are of one class. */
async function measureLabelled(context: AnalysisContext, { train, test, width }: LabelledSets): Promise<Partial<SubjectMetrics>> {
  if (context.classCount < 2) return {}
  const counts = featureCounts(context, width)
  return measureFeatures({
    engine: context.options.engine,
    train: firstRows(train, counts.linearProbeTrain),
    test: firstRows(test, counts.linearProbeTest),
    width,
    classCount: context.classCount,
    clusteredCount: counts.kMeans,
    seed: context.options.config.training.seed,
  })
}
