import { type Dataset, makeToyManifold } from '@hourglass/datasets'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { analysisSchema } from '../../src/analysis/analysisSchema.js'
import { analyzeRun } from '../../src/analysis/analyzeRun.js'
import { takeExamples } from '../../src/analysis/takeExamples.js'
import type { NamedTensors, RunConfigInput } from '../../src/index.js'
import { toLinearModel } from '../../src/pca/toLinearModel.js'
import { computePcaBaseline, type PcaBaseline } from '../../src/training.js'
import { loadSmallDigits } from '../smallDigits.js'
import { glance, optionsFor, rowsOf } from './analysisOptions.js'

let digits: Dataset
let baseline: PcaBaseline
beforeAll(async () => {
  digits = await loadSmallDigits(600, 120)
  baseline = await computePcaBaseline({ dataset: digits })
})

describe('analyzeRun', () => {
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
})
