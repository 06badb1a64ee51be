import { type RunConfigInput, sweptSetting } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { configDescription } from '../src/data/readRunConfig'
import { generalizationTable } from '../src/entities/analysis/analysisTables'
import { describeDenoising, describeGeneralization } from '../src/entities/analysis/rowFigures'
import { nameBaseline } from '../src/entities/run/pcaBaseline'
import type { ComparedRun } from '../src/entities/run/useComparedRuns'
import { featuresTable, tangentsTable } from '../src/features/experiment/analysesTables'
import { comparableRun } from '../src/features/experiment/comparableRun'
import { errorSeries } from '../src/features/experiment/errorSeries'
import { experimentTable } from '../src/features/experiment/experimentSource'
import { fineTuningRows } from '../src/features/experiment/fineTuningRows'
import { curveTable, learningCurves } from '../src/features/experiment/learningCurves'
import { runFacts } from '../src/features/experiment/runFacts'
import type { ExperimentRun } from '../src/features/experiment/useExperiment'
import type { RunAnalysis } from '../src/features/experiment/useExperimentAnalyses'
import { analysisOf, runOf } from './measuredRun'

describe('PCA', () => {
  it('stands beside autoencoders, given what they see, but not beside itself', () => {
    const solved: RunConfigInput = {
      architecture: { kind: 'dense', outputActivation: 'linear' },
      optimizer: { kind: 'closedForm' },
      training: { epochs: 1 },
    }
    expect(comparableRun(runOf(1, {})).pcaBaseline).not.toBeNull()
    expect(comparableRun(runOf(1, solved)).pcaBaseline).toBeNull()
    expect(comparableRun(runOf(1, { corruption: { kind: 'masking' } })).pcaBaseline).not.toBeNull()
    const all = { components: 99, isWhole: true }
    expect(nameBaseline(all, false)).toBe('PCA, 99 components, all there are')
    expect(nameBaseline({ components: 1, isWhole: false }, true)).toBe('PCA of the corrupted, 1 component')
  })
})

describe('training, test and noise', () => {
  const { subjects } = analysisOf({
    TRAINING: { meanSquaredError: 0.01, unclippedMeanSquaredError: 0.01, peakSignalToNoiseRatio: 20.61, structuralSimilarity: 0.8431 },
    MODEL: {
      meanSquaredError: 0.04,
      unclippedMeanSquaredError: 0.07,
      peakSignalToNoiseRatio: 14,
      structuralSimilarity: 0.5,
      noiseMeanSquaredError: 0.3,
    },
  })

  it('say of errors that values were clipped where that makes a difference', () => {
    const figures = describeGeneralization(subjects).map(({ title, figures: numbers }) => [title, numbers])
    expect(figures).toEqual([
      ['Training images', 'MSE 0.01000 · 20.6 dB · SSIM 0.843'],
      ['Test images', 'MSE 0.04000 clipped · 14.0 dB · SSIM 0.500'],
      ['PCA, as many numbers', undefined],
      ['Pure noise', 'MSE 0.3000'],
    ])
  })

  it('name PCA by the components that there are, where the code has no fewer units', () => {
    const titles = (used: number) =>
      describeGeneralization(subjects, { __typename: 'PrincipalComponentCounts', used, rank: 99 } as never).map(({ title }) => title)
    expect(titles(32)).toContain('PCA, as many numbers')
    expect(titles(99)).toContain('PCA, 99 components, all there are')
    const denoised = describeDenoising(analysisOf({ WIENER_FILTER: {}, CORRUPTED_PCA: {} }).subjects, { used: 99, rank: 99 } as never)
    expect(denoised.map(({ title }) => title)).toContain('PCA, 99 components, all there are')
  })

  it('are listed with images of another dataset', () => {
    const { rows } = generalizationTable(subjects, { dataset: 'MNIST', count: 16, meanSquaredError: 0.0001 })
    expect(rows).toEqual([
      ['training', 0.01, 0.01, 20.61, 0.8431],
      ['test', 0.04, 0.07, 14, 0.5],
      ['noise', 0.3, null, null, null],
      ['16 of MNIST', 0.0001, null, null, null],
    ])
  })
})

describe('PCA beside the runs of an experiment', () => {
  const summary = { validationMeanSquaredError: 0.01, peakSignalToNoiseRatio: null }
  const measuredOf = (components: number, isWhole: boolean) => ({
    config: runOf(1, {}).config,
    parameterCount: 7,
    summary,
    pcaBaseline: { components, isWhole, meanSquaredError: 0.02 },
  })

  it('is drawn no further than there are components, and called what it is', () => {
    const runs = [measuredOf(32, false), measuredOf(99, true)]
    const metric = { row: { baseline: 'meanSquaredError' }, read: () => 0.01 } as never
    const series = errorSeries(runs as never, { label: 'Autoencoder', swept: { places: [32, 256] } as never, metric })
    expect(series.find(({ id }) => id === 'pca')?.points.filter(({ y }) => y !== null)).toEqual([{ x: 32, y: 0.02 }])
    expect(series.find(({ id }) => id === 'autoencoder')?.points).toHaveLength(2)
    expect(runs.map((run) => runFacts(run)[1]?.name)).toEqual(['PCA', 'PCA, 99 components, all there are'])
  })
})

describe('classifiers that start from the encoders of runs', () => {
  const outcome = (labels: number) => ({ fineTuning: { labels, epochs: 1, pretrainedTestError: 0.1, randomTestError: 0.2 } })
  const rowsFor = (...labels: number[]) => {
    const runs = labels.map((count, index) => runOf(index + 1, { evaluation: { labels: count } }))
    const analyses = new Map(runs.map((run, index) => [run.id, outcome(labels[index] ?? 0) as unknown as RunAnalysis]))
    return fineTuningRows({ runs, analyses })
  }

  it('say how many labels each had, where these are not as many for all', () => {
    expect(rowsFor(100, 100).note).toBe('of a classifier trained with 100 labels')
    const mixed = rowsFor(100, 1000)
    expect(mixed.note).toBe('of a classifier trained with as many labels as each row says')
    expect(mixed.rows.map(({ label }) => label)).toEqual(['run 1, 100 labels', 'run 2, 1,000 labels'])
  })
})

describe('learning curves', () => {
  const metric = (epoch: number, seconds: number) => ({
    epoch,
    seconds,
    trainLoss: 1 / epoch,
    validationLoss: 2 / epoch,
    validationMeanSquaredError: 3 / epoch,
  })
  const curvesOf = (config: RunConfigInput) => {
    const run = runOf(1, config)
    const compared = [{ id: run.id, metrics: [metric(1, 2), metric(4, 1)] }] as unknown as readonly ComparedRun[]
    return learningCurves([run, runOf(2, config)], compared)
  }

  it('lie over the steps of each optimizer, and count the time of epochs that are left out', () => {
    const [adam, ...others] = curvesOf({ data: { trainCount: 1000 }, training: { batchSize: 128 } })
    expect(others).toEqual([])
    expect(adam?.points.map(({ step, seconds }) => [step, seconds])).toEqual([
      [8, 2],
      [32, 5],
    ])
    const [lbfgs] = curvesOf({ optimizer: { kind: 'lbfgs', iterationsPerEpoch: 10 } })
    expect(lbfgs?.points.map(({ step }) => step)).toEqual([10, 40])
    expect(lbfgs && curveTable(lbfgs).rows[1]).toEqual([4, 40, 5, 0.25, 0.5, 0.75])
  })
})

describe('the numbers of measured runs', () => {
  const runs = [runOf(1, {}), runOf(2, {})]
  const measured = analysisOf({ MODEL: { linearProbeAccuracy: 0.9, structuralSimilarity: 0.75 }, TRAINING: { meanSquaredError: 0.01 } })
  const tangents = [{ example: 0, label: 7, singularValues: [2, 1] }]
  const analyses = new Map([
    ['run1', { ...measured, tangents } as unknown as RunAnalysis],
    ['run2', null],
  ])

  it('leave out what no number was measured of', () => {
    expect(featuresTable({ runs, analyses }).rows).toEqual([[1, 'run 1', 'This model', 0.9, null, null]])
  })

  it('name no two columns alike', () => {
    const { columns, rows } = tangentsTable({ runs, analyses })
    expect(columns).toEqual(['run', 'label', 'example', 'class', 'direction', 'singular value'])
    expect(rows[1]).toEqual([1, 'run 1', 0, 7, 2, 1])
  })

  it('list the SSIM beside the error where reconstructions are shown', () => {
    const shown = runs.map((run) => ({ ...run, summary: { validationMeanSquaredError: 0.02 } })) as unknown as ExperimentRun[]
    const swept = sweptSetting(configDescription, [])
    const { columns, rows } = experimentTable(shown, swept, analyses)
    expect(rows.map((row) => [row[columns.indexOf('reconstruction mse')], row[columns.indexOf('test ssim')]])).toEqual([
      [0.02, 0.75],
      [0.02, null],
    ])
    expect(experimentTable(shown, swept).columns).not.toContain('test ssim')
  })
})
