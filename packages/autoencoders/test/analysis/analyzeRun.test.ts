import type { Dataset } from '@hourglass/datasets'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { analysisSchema } from '../../src/analysis/analysisSchema.js'
import { analyzeRun } from '../../src/analysis/analyzeRun.js'
import { measurePca } from '../../src/analysis/measurePca.js'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import { metricCatalog } from '../../src/measurements/measurementCatalog.js'
import { toLinearModel } from '../../src/pca/toLinearModel.js'
import { fineTuneClassifier } from '../../src/supervised/fineTuneClassifier.js'
import { computePcaBaseline, type PcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'
import { optionsFor, rowsOf } from './analysisOptions.js'

let digits: Dataset
let baseline: PcaBaseline
beforeAll(async () => {
  digits = await loadSmallDigits(600, 120)
  baseline = await computePcaBaseline({ dataset: digits })
})

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

  it('ends when it is aborted, and leaves nothing behind', async () => {
    const signal = AbortSignal.abort(new Error('stopped'))
    await expect(analyzeRun({ ...(await optionsFor(digits, baseline)), signal })).rejects.toThrow('stopped')
    expect(tf.memory().numTensors).toBe(0)
  })
})
