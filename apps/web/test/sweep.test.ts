import { completeRunConfig, type RunConfigInput, sweptSetting } from '@hourglass/autoencoders'
import { describe, expect, test } from 'vitest'
import { configDescription } from '../src/data/readRunConfig'
import { errorSeries } from '../src/features/experiment/errorSeries'
import { type ExperimentMetric, experimentMetrics } from '../src/features/experiment/experimentMetrics'
import { type FormObject, toFormValue } from '../src/features/launch/formValue'
import { sweepableSettings, sweepRuns } from '../src/features/launch/sweep'

const formOf = (config: RunConfigInput) => toFormValue(configDescription, config) as FormObject
const runsOf = (...configs: RunConfigInput[]) =>
  configs.map((config, index) => ({ label: `Run ${index}`, config: completeRunConfig(config) }))
function metricNamed(wanted: string): ExperimentMetric {
  const metric = experimentMetrics.find(({ id }) => id === wanted)
  if (!metric)
    throw new Error(`metrics of experiments: expected one named ${wanted}, got ${experimentMetrics.map(({ id }) => id).join(', ')}`)
  return metric
}
const dense = (latentDimension: number): RunConfigInput => ({ architecture: { kind: 'dense', latentDimension } })

describe('a sweep typed in the form', () => {
  test('makes a run of each value that differs in that setting alone', () => {
    const form = formOf({ training: { epochs: 3 } })
    const runs = sweepRuns(configDescription, form, { path: 'architecture.latentDimension', values: ['2', '8'] })
    expect(runs).toEqual([
      { label: 'Code size = 2', result: { config: completeRunConfig({ ...dense(2), training: { epochs: 3 } }) } },
      { label: 'Code size = 8', result: { config: completeRunConfig({ ...dense(8), training: { epochs: 3 } }) } },
    ])
  })

  test('varies nothing that has no effect, and takes from optimizers what they have no use for', () => {
    const form = formOf({ optimizer: { kind: 'lbfgs' } })
    const paths = sweepableSettings(configDescription, form).map(({ path }) => path)
    expect(paths).toContain('training.epochs')
    expect(paths).not.toContain('training.batchSize')
    expect(paths).not.toContain('training.pretraining')
    const linear = formOf({ architecture: { kind: 'dense', outputActivation: 'linear' } })
    const [searched, solved] = sweepRuns(configDescription, linear, { path: 'optimizer', values: ['adam', 'closedForm'] })
    expect([searched?.result, solved?.result]).toMatchObject([
      { config: { training: { epochs: 20 } } },
      { config: { training: { epochs: 1 } } },
    ])
  })

  test('varies choices, with what was typed for each, and lists', () => {
    const form = formOf({ optimizer: { kind: 'sgd', learningRate: 0.5 } })
    const optimizers = sweepRuns(configDescription, form, { path: 'optimizer', values: ['sgd', 'adam'] })
    expect(optimizers.map(({ label }) => label)).toEqual(['Optimizer = SGD', 'Optimizer = Adam'])
    expect(optimizers[0]?.result).toMatchObject({ config: { optimizer: { kind: 'sgd', learningRate: 0.5, momentum: 0 } } })
    expect(optimizers[1]?.result).toHaveProperty('config.optimizer.kind', 'adam')
    const widths = sweepRuns(configDescription, form, { path: 'architecture.hiddenWidths', values: ['512, 128', '64'] })
    expect(widths.map(({ result }) => ('config' in result ? result.config.architecture : null))).toMatchObject([
      { hiddenWidths: [512, 128] },
      { hiddenWidths: [64] },
    ])
  })

  test('says what is wrong with a value', () => {
    const [small, large] = sweepRuns(configDescription, formOf({}), { path: 'architecture.latentDimension', values: ['2', '5000'] })
    expect(small?.result).toHaveProperty('config')
    expect(large?.result).toHaveProperty('issues.0.message', 'Code size must be a whole number from 1 to 4096, got 5000')
  })

  test('offers the settings of what is chosen, and nothing for a path that there is not', () => {
    const paths = sweepableSettings(configDescription, formOf({})).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['data.dataset', 'loss', 'optimizer', 'optimizer.beta1', 'training.epochs']))
    expect(paths).not.toContain('optimizer.momentum')
    expect(sweepRuns(configDescription, formOf({}), { path: 'optimizer.momentum', values: ['0.9'] })).toEqual([])
  })
})

describe('what runs differ in', () => {
  test('is an axis where it is one number, logarithmic where the schema says so', () => {
    expect(sweptSetting(configDescription, runsOf(dense(784), dense(1), dense(32)))).toEqual({
      title: 'Code size',
      path: 'architecture.latentDimension',
      scale: 'log',
      places: [784, 1, 32],
      ticks: [
        { x: 1, label: '1' },
        { x: 32, label: '32' },
        { x: 784, label: '784' },
      ],
    })
    const epochs = runsOf({ training: { epochs: 5 } }, { training: { epochs: 10 } })
    expect(sweptSetting(configDescription, epochs)).toMatchObject({ title: 'Epochs', scale: 'linear' })
  })

  test.each([
    ['a choice', runsOf({ optimizer: { kind: 'adam' } }, { optimizer: { kind: 'sgd' } })],
    ['two numbers', runsOf({ ...dense(2), training: { epochs: 3 } }, dense(4))],
    ['a number that may be empty', runsOf({ data: { trainCount: 500 } }, {})],
    ['nothing', runsOf({}, {})],
  ])('puts them side by side where it is %s', (_what, runs) => {
    expect(sweptSetting(configDescription, runs)).toEqual({
      title: null,
      path: null,
      scale: 'linear',
      places: [0, 1],
      ticks: [
        { x: 0, label: 'Run 0' },
        { x: 1, label: 'Run 1' },
      ],
    })
  })

  test('orders errors along the axis, PCA’s beside them, and leaves out what was not measured', () => {
    const measured = (error: number | null, pca: number | null) => ({
      summary: {
        validationMeanSquaredError: error,
        peakSignalToNoiseRatio: error === null ? null : -10 * Math.log10(error),
      },
      pcaBaseline: pca === null ? null : { meanSquaredError: pca },
    })
    const swept = sweptSetting(configDescription, runsOf(dense(32), dense(2), dense(8)))
    const [autoencoder, pca] = errorSeries([measured(0.01, 0.017), measured(0.04, 0.056), measured(null, null)], {
      label: 'Autoencoder',
      swept,
      metric: metricNamed('mse'),
    })
    expect(autoencoder?.points).toEqual([
      { x: 2, y: 0.04 },
      { x: 32, y: 0.01 },
    ])
    expect(pca?.points).toEqual([
      { x: 2, y: 0.056 },
      { x: 32, y: 0.017 },
    ])
    expect(errorSeries([measured(0.01, null)], { label: 'Autoencoder', swept, metric: metricNamed('mse') })).toHaveLength(1)
    const [ratio, ...others] = errorSeries([measured(0.01, 0.017)], {
      label: 'Autoencoder',
      swept,
      metric: metricNamed('peakSignalToNoiseRatio'),
    })
    expect(ratio?.points).toEqual([{ x: 32, y: 20 }])
    expect(others).toEqual([])
  })
})
