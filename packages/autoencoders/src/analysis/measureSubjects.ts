import type { ExampleCodec } from '../compression/ExampleCodec.js'
import { lossRows } from '../config/lossRows.js'
import { bernoulliBitsPerPixel } from '../metrics/bitsPerPixel.js'
import type { LabelledFeatures } from '../metrics/linearProbe.js'
import { pickRows } from '../tensors/pickRows.js'
import type { AnalysisContext } from './AnalysisContext.js'
import { rowsWithin } from './AnalysisLimits.js'
import type { PartResult } from './AnalysisPart.js'
import { measureFeatures } from './measureFeatures.js'
import { jacobianCount, measureEncoder } from './measureModel.js'
import { measureNoise } from './measureNoise.js'
import { compareWithTest } from './measureReconstructions.js'
import type { SubjectMetrics } from './SubjectMetrics.js'
import { firstRows } from './takeExamples.js'

/** Values that a linear probe is trained on: as many examples for every code of up to 1,600 units, so that their accuracies compare. */
const PROBED_VALUES = 6_400_000

/** How many examples the measures of features look at: as many for codes as for what they are compared with, the widest of which says how many. */
export function featureCounts({ limits, train, test, model, size }: AnalysisContext) {
  const counts = { train: train.labels.length, test: test.labels.length }
  const width = Math.max(model.latentDimension, size)
  return {
    linearProbeTrain: rowsWithin(PROBED_VALUES, { width, most: Math.min(limits.linearProbeTrain, counts.train) }),
    linearProbeTest: Math.min(limits.linearProbeTest, counts.test),
  }
}

/** Measures the model and what it is compared with on the test examples as they are. */
export async function measureCleanSubjects(context: AnalysisContext): Promise<PartResult<null>> {
  const { model, pca, test, testCodes, testReconstructions, meanExample, sides, size, limits } = context
  const keepsEverything = context.options.principalComponents.keepEverything(model.latentDimension)
  const { isBernoulli } = lossRows[context.options.config.loss]
  const count = test.labels.length
  const counted = featureCounts(context)
  const subjects = {
    MODEL: {
      ...compareWithTest(context, testReconstructions),
      ...(isBernoulli ? { bitsPerPixel: bernoulliBitsPerPixel(test.features, testReconstructions) } : {}),
      ...(await measureEncoder(context)),
      ...(await measureCodes(context, model, testCodes)),
      ...(sides ? await measureNoise(model, context) : {}),
    },
    PCA: {
      ...(await context.share('pca', { components: pca.latentDimension, keepsEverything, ...counted }, () =>
        measureComponents(context, keepsEverything),
      )),
      ...(sides && !keepsEverything ? await measureNoise(pca, context) : {}),
    },
    MEAN_IMAGE: await context.share('mean', {}, async () => compareWithTest(context, repeat(meanExample, count))),
    PIXELS: await context.share('values', counted, () => measureLabelled(context, { train: context.train, test, width: size })),
  }
  const counts = {
    test: count,
    structuralSimilarity: sides ? Math.min(limits.structuralSimilarity, count) : 0,
    ...counted,
    jacobianNorm: jacobianCount(context),
    noise: sides ? limits.noise : 0,
  }
  return { value: null, subjects, counts }
}

async function measureComponents(context: AnalysisContext, keepsEverything: boolean): Promise<Partial<SubjectMetrics>> {
  const { pca, test } = context
  const codes = await pca.encode(test.features)
  // An error of nothing but rounding would look like a result.
  const errors = keepsEverything ? {} : compareWithTest(context, await pca.decode(codes))
  return { ...errors, ...(await measureCodes(context, pca, codes)) }
}

function repeat(example: Float32Array, count: number): Float32Array {
  const examples = new Float32Array(count * example.length)
  for (let begin = 0; begin < examples.length; begin += example.length) examples.set(example, begin)
  return examples
}

/** Measures codes as features; training examples are encoded for it. */
async function measureCodes(context: AnalysisContext, codec: ExampleCodec, testCodes: Float32Array): Promise<Partial<SubjectMetrics>> {
  const width = codec.latentDimension
  const { features, labels } = firstRows(context.train, featureCounts(context).linearProbeTrain)
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
  const counts = featureCounts(context)
  const places = context.testOrder.subarray(0, counts.linearProbeTest)
  const sampled = { features: pickRows(test.features, width, places), labels: Uint8Array.from(places, (place) => test.labels[place] ?? 0) }
  return measureFeatures({
    engine: context.options.engine,
    train: firstRows(train, counts.linearProbeTrain),
    test: sampled,
    width,
    classCount: context.classCount,
    testCount: counts.linearProbeTest,
  })
}
