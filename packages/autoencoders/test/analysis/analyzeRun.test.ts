import { type Dataset, makeToyManifold } from '@hourglass/datasets'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AnalyzeRunOptions } from '../../src/analysis/AnalyzeRunOptions.js'
import { analysisSchema } from '../../src/analysis/analysisSchema.js'
import { analyzeRun } from '../../src/analysis/analyzeRun.js'
import { measurePca } from '../../src/analysis/measurePca.js'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { createEngine } from '../../src/engines/createEngine.js'
import { completeRunConfig, type EngineName, initializeParameters, type NamedTensors, type RunConfigInput } from '../../src/index.js'
import { metricCatalog } from '../../src/measurements/measurementCatalog.js'
import { toLinearModel } from '../../src/pca/toLinearModel.js'
import { fineTuneClassifier } from '../../src/supervised/fineTuneClassifier.js'
import { computePcaBaseline, type PcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'

let digits: Dataset
let baseline: PcaBaseline
beforeAll(async () => {
  digits = await loadSmallDigits(600, 120)
  baseline = await computePcaBaseline({ dataset: digits })
})

async function optionsFor(
  dataset: Dataset,
  { principalComponents }: PcaBaseline,
  { engine = 'onnx', ...changes }: Pick<RunConfigInput, 'architecture' | 'corruption' | 'loss'> & { engine?: EngineName } = {},
): Promise<AnalyzeRunOptions> {
  const config = completeRunConfig({
    architecture: { kind: 'dense', latentDimension: 5 },
    data: { dataset: dataset.id },
    training: { seed: 3 },
    ...changes,
  })
  return {
    config,
    dataset,
    parameters: initializeParameters(config.architecture, { exampleShape: dataset.exampleShape, seed: 1 }),
    engine: await createEngine(engine, { threads: 1 }),
    principalComponents,
  }
}

/** What is looked at where other parts of the analysis do not matter. */
const glance = {
  structuralSimilarity: 5,
  linearProbeTrain: 20,
  linearProbeTest: 20,
  kMeans: 20,
  compressionTrain: 20,
  compressionTest: 10,
  inpainting: 5,
  inpaintingIterations: 2,
}

const rowsOf = ({ subjects }: { subjects: readonly { subject: string; metrics: Readonly<Record<string, number | null>> }[] }) =>
  Object.fromEntries(subjects.map(({ subject, metrics }) => [subject, metrics]))

describe('analyzeRun', () => {
  it('measures a model of a single training example', async () => {
    const dataset = await loadSmallDigits(1, 30)
    const { analysis } = await analyzeRun(await optionsFor(dataset, await computePcaBaseline({ dataset })))
    expect(analysisSchema.parse(JSON.parse(JSON.stringify(analysis)))).toEqual(analysis)
    expect(analysis.counts).toMatchObject({ test: 30, linearProbeTrain: 1, linearProbeTest: 30 })
    const rows = rowsOf(analysis)
    expect(rows.PCA?.meanSquaredError).toBeGreaterThan(0)
    expect(rows.PIXELS?.linearProbeAccuracy).toBeLessThan(0.5)
  })

  it('measures a model of images and what it is compared with, as plain JSON', async () => {
    const options = await optionsFor(digits, baseline, { corruption: { kind: 'uniform', amplitude: 0.5 } })
    const { analysis, figures } = await analyzeRun(options)
    expect(analysisSchema.parse(JSON.parse(JSON.stringify(analysis)))).toEqual(analysis)
    expect(analysis.subjects.map(({ subject }) => subject)).toEqual([
      'MODEL',
      'TRAINING',
      'DENOISED',
      'CORRUPTED',
      'CORRUPTED_PCA',
      'WIENER_FILTER',
      'MEDIAN_FILTER',
      'PCA',
      'MEAN_IMAGE',
      'PIXELS',
    ])
    const rows = rowsOf(analysis)
    expect(Object.keys(rows.MODEL ?? {})).toEqual(metricCatalog.map(({ id }) => id))
    // Both come from the same principal components: all at once from energies there, by encoding and decoding here.
    expect(rows.PCA?.unclippedMeanSquaredError).toBeCloseTo(baseline.meanSquaredErrors[4] ?? Number.NaN, 6)
    expect(rows.PCA?.meanSquaredError).toBeLessThan(rows.PCA?.unclippedMeanSquaredError ?? 0)
    expect(analysis.principalComponents).toEqual({ used: 5, rank: baseline.principalComponents.rank })
    // PCA and the filter see the noise that the model sees.
    const requests = [{ codeSize: 5, corruption: { kind: 'uniform', amplitude: 0.5 } as const }]
    const [projected] = await measurePca({ dataset: digits, ...baseline, requests })
    expect(rows.CORRUPTED_PCA?.meanSquaredError).toBeCloseTo(projected?.meanSquaredError ?? Number.NaN, 6)
    expect(rows.WIENER_FILTER?.meanSquaredError).toBeLessThan(rows.CORRUPTED_PCA?.meanSquaredError ?? 0)
    // Uniform noise in ±0.5 has the variance 1/12.
    expect(rows.CORRUPTED?.unclippedMeanSquaredError).toBeCloseTo(1 / 12, 2)
    const test = takeExamples(digits.test, 120).features
    const { mean } = baseline.principalComponents
    const meanError = test.reduce((sum, value, index) => sum + (value - (mean[index % 196] ?? 0)) ** 2, 0) / test.length
    expect(rows.MEAN_IMAGE?.meanSquaredError).toBeCloseTo(meanError, 6)
    expect(rows.PIXELS).toMatchObject({ meanSquaredError: null, linearProbeAccuracy: expect.any(Number) })
    // Nobody reconstructs noise with five units: its own variance is left.
    expect(rows.PCA?.noiseMeanSquaredError).toBeGreaterThan(1 / 12)
    expect(analysis.rateDistortion.map(({ codec }) => codec)).toEqual(['MODEL', 'PCA', 'JPEG'])
    for (const { points } of analysis.rateDistortion) expect(points.length).toBeGreaterThanOrEqual(6)
    // What is shown are points of the curves: of the model and of JPEG, one beside the other.
    const [ofModel, ofPca, ofJpeg] = analysis.rateDistortion
    expect(ofModel?.pictures.length).toBeGreaterThan(0)
    expect([ofPca?.pictures.length, ofJpeg?.pictures.length]).toEqual([0, ofModel?.pictures.length])
    for (const curve of [ofModel, ofJpeg]) {
      for (const picture of curve?.pictures ?? []) expect(curve?.points).toContainEqual(expect.objectContaining(picture))
    }
    expect(analysis.chosen).toBe('RANDOM')
    expect(analysis.jacobianSpectra?.reconstruction).toHaveLength(5)
    expect(analysis.counts).toMatchObject({ test: 120, linearProbeTrain: 600, compression: 120 })
    const { training, trainingSimilarity, noise, wienerFilter, importanceWeighted } = analysis.counts
    expect([training, trainingSimilarity, noise, wienerFilter, importanceWeighted]).toEqual([600, 300, 500, 600, 0])
    expect(analysis.tangents).toHaveLength(4)
    expect(analysis.tangents[0]?.singularValues).toHaveLength(5)
    expect(analysis.codeUnits).toHaveLength(5)
    expect(Object.entries(figures).map(([name, { shape }]) => `${name} ${shape}`)).toEqual([
      'denoising/originals 16,14,14',
      'denoising/corrupted 16,14,14',
      'denoising/denoised 16,14,14',
      'denoising/pca 16,14,14',
      'denoising/wienerFilter 16,14,14',
      'denoising/medianFilter 16,14,14',
      'generalization/training 16,14,14',
      'generalization/trainingReconstructions 16,14,14',
      'generalization/test 16,14,14',
      'generalization/testReconstructions 16,14,14',
      'generalization/pcaReconstructions 16,14,14',
      'generalization/noise 16,14,14',
      'generalization/noiseReconstructions 16,14,14',
      'exampleErrors/errors 120,2',
      'exampleErrors/best 40,14,14',
      'exampleErrors/bestReconstructions 40,14,14',
      'exampleErrors/worst 40,14,14',
      'exampleErrors/worstReconstructions 40,14,14',
      'rateDistortion/originals 16,14,14',
      'rateDistortion/model-1 16,14,14',
      'rateDistortion/jpeg-1 16,14,14',
      'inpainting/originals 16,14,14',
      'inpainting/started 16,14,14',
      'inpainting/filled 16,14,14',
      'inpainting/expected 16,14,14',
      'tangents/examples 4,14,14',
      'tangents/directions 4,5,14,14',
      'clusters/map 120,4',
    ])
    for (const { shape, values } of Object.values(figures)) expect(values).toHaveLength(shape.reduce((a, b) => a * b, 1))
    expect(tf.memory().numTensors).toBe(0)
  })

  it('gives PCA’s numbers for a model that is PCA, whose space is that of PCA', async () => {
    const options = await optionsFor(digits, baseline)
    const { config: architecture, parameters } = toLinearModel(baseline.principalComponents, 5, digits.exampleShape)
    const { analysis } = await analyzeRun({ ...options, config: { ...options.config, architecture }, parameters })
    const { MODEL, PCA } = rowsOf(analysis)
    for (const id of [
      'meanSquaredError',
      'structuralSimilarity',
      'linearProbeAccuracy',
      'kMeansAdjustedRandIndex',
      'noiseMeanSquaredError',
    ]) {
      expect(MODEL?.[id]).toBe(PCA?.[id])
    }
    // Of the training examples that it was fitted to it loses the variance along all other components.
    const { variances, size } = baseline.principalComponents
    const lost = variances.subarray(5).reduce((sum, variance) => sum + variance, 0) / size
    expect(rowsOf(analysis).TRAINING?.unclippedMeanSquaredError).toBeCloseTo(lost, 6)
    // The encoder's Jacobian is orthonormal: ‖D‖_F = √5, and so is that of the whole: DᵀD projects.
    expect(MODEL?.jacobianNorm).toBeCloseTo(Math.sqrt(5), 5)
    expect(MODEL?.reconstructionJacobianNorm).toBeCloseTo(Math.sqrt(5), 5)
    for (const value of analysis.jacobianSpectra?.reconstruction ?? []) expect(value).toBeCloseTo(1, 5)
    const codes = baseline.principalComponents.encode(takeExamples(digits.test, 120).features, 5)
    const sums = [0, 1, 2, 3, 4].map((unit) => {
      const column = codes.filter((_, index) => index % 5 === unit)
      const mean = column.reduce((sum, value) => sum + value, 0) / 120
      return column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 120
    })
    const spread = Math.sqrt(sums.reduce((sum, variance) => sum + variance, 0))
    expect(MODEL?.scaledJacobianNorm).toBeCloseTo(Math.sqrt(5) / spread, 5)
    // A projection onto orthonormal directions spreads as its codes do.
    expect(MODEL?.scaledReconstructionJacobianNorm).toBeCloseTo(Math.sqrt(5) / spread, 5)
    expect(analysis.subspaceAngles).toHaveLength(5)
    expect(MODEL?.subspaceAngle).toBeLessThan(1e-5)
    for (const { singularValues } of analysis.tangents) for (const value of singularValues) expect(value).toBeCloseTo(1, 5)
    const [model, pca] = analysis.rateDistortion
    expect(model?.points).toEqual(pca?.points)
  })

  it('asks for angles to PCA of affine decoders alone, that use every unit of their code, and of data that vary along as many directions', async () => {
    const { config: affine, parameters } = toLinearModel(baseline.principalComponents, 5, digits.exampleShape)
    const anglesOf = async (dataset: Dataset, pca: PcaBaseline, changes: { architecture?: typeof affine; parameters?: NamedTensors }) => {
      const options = await optionsFor(dataset, pca)
      const { architecture = affine, parameters: own = parameters } = changes
      const { analysis } = await analyzeRun({ ...options, config: { ...options.config, architecture }, parameters: own, limits: glance })
      return analysis.subspaceAngles
    }
    expect(await anglesOf(digits, baseline, {})).toHaveLength(5)
    // A sigmoid's decoder is no affine one, also where all its codes lie close together.
    const still = Object.fromEntries(
      Object.entries(parameters).map(([name, { shape, values }]) => [
        name,
        { shape, values: name.startsWith('encoder') ? values.map(() => 0) : values },
      ]),
    )
    expect(await anglesOf(digits, baseline, { architecture: { ...affine, outputActivation: 'sigmoid' }, parameters: still })).toBeNull()
    // Codes that are all the same use no unit; one unit that is off leaves its direction to chance.
    expect(await anglesOf(digits, baseline, { parameters: still })).toBeNull()
    const dead = {
      ...parameters,
      'encoder/0/kernel': {
        shape: [196, 5],
        values: (parameters['encoder/0/kernel']?.values ?? new Float32Array()).map((value, index) => (index % 5 === 2 ? 0 : value)),
      },
    }
    expect(await anglesOf(digits, baseline, { parameters: dead })).toBeNull()
    const few = await loadSmallDigits(4, 120)
    expect(await anglesOf(few, await computePcaBaseline({ dataset: few }), {})).toBeNull()
  })

  it('fine-tunes a classifier from the encoder and from random weights where the configuration asks for it', async () => {
    const options = await optionsFor(digits, baseline)
    const evaluation = { labels: 100, fineTuningEpochs: 2, importanceSamples: null }
    const { analysis } = await analyzeRun({ ...options, config: { ...options.config, evaluation } })
    const { architecture, data, training } = options.config
    const { trainCount, testCount } = data
    const shared = {
      architecture,
      dataset: digits,
      labels: 100,
      epochs: 2,
      seed: training.seed,
      engine: options.engine,
      trainCount,
      testCount,
    }
    expect(analysis.fineTuning).toEqual({
      labels: 100,
      epochs: 2,
      pretrainedTestError: (await fineTuneClassifier({ ...shared, parameters: options.parameters })).testError,
      randomTestError: (await fineTuneClassifier({ ...shared, parameters: null })).testError,
    })
    expect((await analyzeRun(options)).analysis.fineTuning).toBeNull()
  })

  it('depends on nothing but its options, and hardly on the engine', async () => {
    const onnx = await optionsFor(digits, baseline)
    const [first, second, cpu] = [
      await analyzeRun(onnx),
      await analyzeRun(onnx),
      await analyzeRun({
        ...(await optionsFor(digits, baseline, { engine: 'cpu' })),
        limits: { inpainting: 120 },
      }),
    ]
    expect({ ...second.analysis, seconds: 0 }).toEqual({ ...first.analysis, seconds: 0 })
    expect(second.figures).toEqual(first.figures)
    const [expected, metrics] = [rowsOf(first.analysis).MODEL, rowsOf(cpu.analysis).MODEL]
    for (const id of ['meanSquaredError', 'structuralSimilarity', 'jacobianNorm', 'noiseMeanSquaredError', 'inpaintingMeanSquaredError']) {
      expect(metrics?.[id]).toBeCloseTo(expected?.[id] ?? Number.NaN, 4)
    }
  })

  it('measures what a variational autoencoder’s code tells', async () => {
    const architecture: RunConfigInput['architecture'] = { kind: 'dense', latentDimension: 3, encoder: { kind: 'variational', beta: 4 } }
    const { analysis } = await analyzeRun(await optionsFor(digits, baseline, { architecture, loss: 'binaryCrossEntropy' }))
    const { MODEL } = rowsOf(analysis)
    const divergences = analysis.codeUnits.map(({ klDivergence }) => klDivergence ?? Number.NaN)
    expect(MODEL?.klDivergence).toBeCloseTo(
      divergences.reduce((sum, value) => sum + value, 0),
      9,
    )
    expect(MODEL?.bitsPerPixel).toBeGreaterThan(0)
    expect(tf.memory().numTensors).toBe(0)
  })

  it('measures every metric of the catalog, of one model or another', async () => {
    const variational = { kind: 'dense', latentDimension: 3, encoder: { kind: 'variational' } } as const
    const { config: linear, parameters } = toLinearModel(baseline.principalComponents, 3, digits.exampleShape)
    const options = await optionsFor(digits, baseline, { architecture: variational, loss: 'binaryCrossEntropy' })
    const analyses = [
      await analyzeRun(options),
      await analyzeRun({ ...options, config: { ...options.config, architecture: linear }, parameters }),
    ]
    const rows = analyses.flatMap(({ analysis }) => analysis.subjects.map(({ metrics }) => metrics))
    expect(metricCatalog.map(({ id }) => id).filter((id) => rows.every((metrics) => metrics[id] === null))).toEqual([])
  })

  it('says before each part how many are measured', async () => {
    const heard: string[] = []
    const onPart = (measured: number, parts: number) => {
      heard.push(`${measured} of ${parts}`)
    }
    await analyzeRun({ ...(await optionsFor(digits, baseline)), onPart })
    expect(heard).toEqual(heard.map((_, index) => `${index} of ${heard.length}`))
    expect(heard.length).toBeGreaterThan(1)
  })

  it('measures a convolutional autoencoder', async () => {
    const architecture: RunConfigInput['architecture'] = {
      kind: 'convolutional',
      filters: [4],
      bottleneck: { kind: 'featureMap', channels: 1 },
    }
    const { analysis } = await analyzeRun(await optionsFor(digits, baseline, { architecture }))
    expect(analysisSchema.parse(analysis)).toEqual(analysis)
    expect(analysis.codeUnits).toHaveLength(49)
    for (const { points } of analysis.rateDistortion) expect(points.length).toBeGreaterThanOrEqual(6)
    expect(rowsOf(analysis).MODEL?.jacobianNorm).toBeGreaterThan(0)
  })

  it('measures of points what applies to points', async () => {
    const [train, test] = [makeToyManifold('circle', { count: 300, seed: 1 }), makeToyManifold('circle', { count: 100, seed: 2 })]
    const points: Dataset = { id: 'circle', exampleShape: [2], train, validation: null, test }
    const pca = await computePcaBaseline({ dataset: points })
    const architecture: RunConfigInput['architecture'] = {
      kind: 'dense',
      latentDimension: 1,
      hiddenWidths: [8],
      outputActivation: 'linear',
    }
    const { analysis, figures } = await analyzeRun(await optionsFor(points, pca, { architecture }))
    expect(analysisSchema.parse(analysis)).toEqual(analysis)
    const { MODEL, PCA } = rowsOf(analysis)
    expect(MODEL).toMatchObject({ peakSignalToNoiseRatio: null, structuralSimilarity: null, noiseMeanSquaredError: null })
    expect(MODEL?.jacobianNorm).toBeGreaterThan(0)
    expect(PCA?.meanSquaredError).toBeCloseTo(pca.meanSquaredErrors[0] ?? Number.NaN, 6)
    expect({ rateDistortion: analysis.rateDistortion, inpainting: analysis.inpainting }).toEqual({ rateDistortion: [], inpainting: null })
    expect(analysis.tangents).toHaveLength(48)
    expect(Object.entries(figures).map(([name, { shape }]) => `${name} ${shape}`)).toEqual([
      'exampleErrors/errors 100,2',
      'tangents/points 48,2',
      'tangents/directions 48,1,2,1',
      'clusters/map 100,4',
    ])
    // A curve has one tangent at each point, of length 1.
    const directions = figures['tangents/directions']?.values ?? new Float32Array()
    for (let at = 0; at < directions.length; at += 2) expect(Math.hypot(directions[at] ?? 0, directions[at + 1] ?? 0)).toBeCloseTo(1, 5)
  })

  it('copes with codes longer than the examples, and with a model whose every code is the same', async () => {
    const options = await optionsFor(digits, baseline, { architecture: { kind: 'dense', latentDimension: 200 } })
    const zeros = Object.fromEntries(
      Object.entries(options.parameters).map(([name, { shape, values }]) => [name, { shape, values: values.map(() => 0) }]),
    )
    const { analysis } = await analyzeRun({ ...options, parameters: zeros })
    const { MODEL, PCA } = rowsOf(analysis)
    expect(MODEL).toMatchObject({ kMeansNormalizedMutualInformation: 0, kMeansAdjustedRandIndex: 0, activeUnitShare: 0, jacobianNorm: 0 })
    // All components keep everything: an error would be one of rounding.
    expect(PCA).toMatchObject({ meanSquaredError: null, unclippedMeanSquaredError: null, noiseMeanSquaredError: null })
    expect(PCA?.linearProbeAccuracy).toBeGreaterThan(0.5)
    expect(analysis.tangents).toEqual([])
  })

  it('ends when it is aborted, and leaves nothing behind', async () => {
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(analyzeRun({ ...(await optionsFor(digits, baseline)), signal })).rejects.toThrow('stopped')
    expect(tf.memory().numTensors).toBe(0)
  })
})
