import { setImmediate } from 'node:timers/promises'
import { createRandom } from '@hourglass/datasets'
import { codeRateDistortion } from '../compression/codeRateDistortion.js'
import { jpegRateDistortion } from '../compression/jpegRateDistortion.js'
import type { EngineModel } from '../inference/EngineModel.js'
import { tangentDirections } from '../metrics/tangentDirections.js'
import { type VariationalBound, variationalBound } from '../metrics/variationalBound.js'
import { fineTuneClassifier } from '../supervised/fineTuneClassifier.js'
import type { NamedTensors } from '../tensors/NamedTensors.js'
import { type AnalysisContext, createAnalysisContext } from './AnalysisContext.js'
import { rowsWithin } from './AnalysisLimits.js'
import type { AnalyzeRunOptions } from './AnalyzeRunOptions.js'
import type { Analysis } from './analysisSchema.js'
import { compareSubspaces } from './compareSubspaces.js'
import { figureOf } from './figures.js'
import { inpaintLowerHalf } from './inpaintLowerHalf.js'
import { measureGeneralization } from './measureGeneralization.js'
import { activityOf, jacobianCount } from './measureModel.js'
import { featureCounts, measureCleanSubjects, measureCorruptedSubjects } from './measureSubjects.js'
import { firstRows } from './takeExamples.js'

export interface RunAnalysis {
  /** Plain JSON, as analysisSchema describes. */
  readonly analysis: Analysis
  /**
   * Images for figures by name, [n, height, width]; of tangent directions [examples, directions, height, width], or [examples, directions,
   * 2, 1] for points, which lie at `tangents/points` [examples, 2].
   */
  readonly figures: NamedTensors
}

/** Codes longer than this have too many tangent directions to look at, and too large a Jacobian to decompose in passing. */
const MOST_TANGENT_UNITS = 64
/** Tangent directions shown of each example. */
const SHOWN_DIRECTIONS = 8
/** Code values that are compressed, and that frequencies are fitted to. */
const COMPRESSED_VALUES = 200_000
const FITTED_VALUES = 400_000

/**
 * Measures a completed run on held-out data, outside of training: every number of metricCatalog that applies to the model and to what it
 * is compared with, rate-distortion curves, inpainting, tangent spaces. It takes seconds, looks at the first examples where all would take
 * too long, and depends on nothing but its options.
 *
 * Throws AutoencoderError PARAMETERS_MISMATCH where the parameters are not the architecture's, and the signal's reason when aborted.
 */
export async function analyzeRun(options: AnalyzeRunOptions): Promise<RunAnalysis> {
  const started = performance.now()
  const context = await createAnalysisContext(options)
  const next = async <Part>(part: (context: AnalysisContext) => Promise<Part>): Promise<Part> => {
    await setImmediate()
    options.signal?.throwIfAborted()
    return part(context)
  }
  try {
    const clean = await next(measureCleanSubjects)
    const corrupted = await next(measureCorruptedSubjects)
    const generalization = await next(measureGeneralization)
    const rateDistortion = await next(measureCompression)
    const inpainting = await next(measureInpainting)
    const tangents = await next(measureTangents)
    const angles = await next(measureAngles)
    const bound = await next(measureBound)
    const fineTuning = await next(measureFineTuning)
    const [model, ...others] = clean
    const rows = [...(model ? [model] : []), generalization.row, ...corrupted.rows, ...others]
    if (model) {
      model.metrics.inpaintingMeanSquaredError = inpainting.result?.meanSquaredError ?? null
      model.metrics.subspaceAngle = angles?.at(-1) ?? null
      model.metrics.klDivergence = bound?.divergences.reduce((sum, value) => sum + value, 0) ?? null
      model.metrics.bitsPerPixel = (options.config.loss === 'binaryCrossEntropy' ? bound?.bernoulliBitsPerPixel : undefined) ?? null
    }
    return {
      analysis: {
        version: 1,
        seconds: (performance.now() - started) / 1000,
        counts: countsOf(context),
        subjects: rows,
        codeUnits: activityOf(context).unitMeans.map((mean, index) => ({
          index,
          mean,
          klDivergence: bound?.divergences[index] ?? null,
        })),
        rateDistortion,
        inpainting: inpainting.result,
        tangents: tangents.results,
        subspaceAngles: angles ?? null,
        fineTuning,
      },
      figures: { ...corrupted.figures, ...generalization.figures, ...inpainting.figures, ...tangents.figures },
    }
  } finally {
    await context.dispose()
  }
}

function countsOf(context: AnalysisContext): Analysis['counts'] {
  const { limits, test, sides, model } = context
  const count = test.labels.length
  return {
    test: count,
    structuralSimilarity: sides ? Math.min(limits.structuralSimilarity, count) : 0,
    ...featureCounts(context, model.latentDimension),
    jacobianNorm: jacobianCount(context),
    compression: sides ? compressionCounts(context).test : 0,
    inpainting: sides ? Math.min(limits.inpainting, count) : 0,
  }
}

function compressionCounts({ model, limits, train, test }: AnalysisContext) {
  const width = model.latentDimension
  return {
    train: rowsWithin(FITTED_VALUES, { width, most: Math.min(limits.compressionTrain, train.labels.length) }),
    test: rowsWithin(COMPRESSED_VALUES, { width, most: Math.min(limits.compressionTest, test.labels.length) }),
  }
}

async function measureCompression(context: AnalysisContext): Promise<Analysis['rateDistortion']> {
  const { model, pca, sides } = context
  if (!sides) return []
  const counts = compressionCounts(context)
  const sets = { train: firstRows(context.train, counts.train).features, test: firstRows(context.test, counts.test).features }
  return [
    { codec: 'MODEL', points: await codeRateDistortion(model, sets) },
    { codec: 'PCA', points: await codeRateDistortion(pca, sets) },
    { codec: 'JPEG', points: await jpegRateDistortion(sets.test, { height: sides[0], width: sides[1] }) },
  ]
}

async function measureInpainting({ model, sides, test, limits, meanExample, options }: AnalysisContext): Promise<{
  readonly result: Analysis['inpainting']
  readonly figures: NamedTensors
}> {
  if (!sides) return { result: null, figures: {} }
  const { features } = firstRows(test, limits.inpainting)
  const iterations = limits.inpaintingIterations
  const chains = model.isVariational ? limits.inpaintingChains : 1
  const { loss, training } = options.config
  const { started, filled, expected, ...errors } = await inpaintLowerHalf(features, {
    meanImage: meanExample,
    sides,
    iterations,
    chains,
    encode: model.isVariational ? createCodeSampler(model, training.seed) : (images) => model.encode(images),
    decode: (codes) => model.decode(codes),
    drawPixels: model.isVariational && loss === 'binaryCrossEntropy' ? createPixelSampler(training.seed) : undefined,
  })
  return {
    result: {
      iterations,
      chains,
      meanSquaredError: finiteOrNull(errors.meanSquaredError),
      filledMeanSquaredError: finiteOrNull(errors.filledMeanSquaredError),
      meanImageMeanSquaredError: errors.meanImageMeanSquaredError,
    },
    figures: {
      'inpainting/originals': figureOf(features, sides),
      'inpainting/started': figureOf(started, sides),
      'inpainting/filled': figureOf(filled, sides),
      'inpainting/expected': figureOf(expected, sides),
    },
  }
}

/** Draws codes of examples from a variational encoder, others with each call. */
function createCodeSampler(model: EngineModel, seed: number): (examples: Float32Array) => Promise<Float32Array> {
  const random = createRandom(seed, 'analysis/inpainting')
  let drawn = 0
  return async (examples) => {
    const noise = new Float32Array((examples.length / model.exampleSize) * model.latentDimension)
    random.fillNormal(noise, { offset: drawn })
    drawn += noise.length
    return model.sampleCodes(examples, noise)
  }
}

/** Draws pixels from Bernoulli distributions with given means, others with each call. */
function createPixelSampler(seed: number): (means: Float32Array) => Float32Array {
  const random = createRandom(seed, 'analysis/inpaintingPixels')
  let drawn = 0
  return (means) => {
    const uniform = new Float32Array(means.length)
    random.fillUniform(uniform, { offset: drawn })
    drawn += uniform.length
    return uniform.map((value, index) => (value < (means[index] as number) ? 1 : 0))
  }
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null)

async function measureTangents({ model, test, testCodes, limits, sides, size }: AnalysisContext): Promise<{
  readonly results: Analysis['tangents']
  readonly figures: NamedTensors
}> {
  if (model.latentDimension > MOST_TANGENT_UNITS) return { results: [], figures: {} }
  const count = Math.min(sides ? limits.tangents : limits.tangentPoints, test.labels.length)
  const codes = testCodes.slice(0, count * model.latentDimension)
  const tangents = await tangentDirections(model, codes)
  const results = tangents.map(({ singularValues }, example) => ({
    example,
    label: test.labels[example] ?? 0,
    singularValues: [...singularValues],
  }))
  const shown = Math.min(SHOWN_DIRECTIONS, model.latentDimension, size)
  const values = Float32Array.from(tangents.flatMap(({ directions }) => [...directions.subarray(0, shown * size)]))
  if (!sides) {
    return {
      results,
      figures: {
        'tangents/points': { shape: [count, size], values: await model.decode(codes) },
        'tangents/directions': { shape: [count, shown, size, 1], values },
      },
    }
  }
  return {
    results,
    figures: {
      'tangents/examples': figureOf(test.features.subarray(0, tangents.length * size), sides),
      'tangents/directions': { shape: [tangents.length, shown, ...sides], values },
    },
  }
}

/** Trains the classifier that a configuration asks for twice: from the run's encoder, and from random weights of the same seed. */
async function measureFineTuning({ options }: AnalysisContext): Promise<Analysis['fineTuning']> {
  const { config, parameters, dataset, engine, signal } = options
  const { labels, fineTuningEpochs: epochs } = config.evaluation
  if (labels === null) return null
  const { architecture, data, training } = config
  const shared = {
    architecture,
    dataset,
    labels,
    engine,
    epochs,
    seed: training.seed,
    trainCount: data.trainCount,
    testCount: data.testCount,
    signal,
  }
  const pretrained = await fineTuneClassifier({ ...shared, parameters })
  const random = await fineTuneClassifier({ ...shared, parameters: null })
  return { labels, epochs, pretrainedTestError: pretrained.testError, randomTestError: random.testError }
}

async function measureAngles({ model, options, testCodes }: AnalysisContext): Promise<number[] | undefined> {
  if (model.latentDimension > MOST_TANGENT_UNITS) return undefined
  return compareSubspaces(model, options.principalComponents, testCodes.slice(0, 2 * model.latentDimension))
}

function measureBound({ model, test, options }: AnalysisContext): Promise<VariationalBound | undefined> {
  return variationalBound(model, test.features, options.config.training.seed)
}
