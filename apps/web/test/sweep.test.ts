import { completeRunConfig, type RunConfigInput, sweptSetting } from '@hourglass/autoencoders'
import { describe, expect, test } from 'vitest'
import { configDescription } from '../src/data/readRunConfig'
import { errorSeries } from '../src/features/experiment/errorSeries'
import { type ExperimentMetric, experimentMetrics } from '../src/features/experiment/experimentMetrics'
import { type FormObject, toFormValue } from '../src/features/launch/formValue'
import { secondsOfSeeds } from '../src/features/launch/secondsOfSeeds'
import { parseAsAxes, type TypedAxis } from '../src/features/launch/sweepAxes'
import { sweepableSettings } from '../src/features/launch/sweepableSettings'
import { sweepRuns, type TypedSweep } from '../src/features/launch/sweepRuns'
import { sweepTitle } from '../src/features/launch/sweepTitle'

const formOf = (config: RunConfigInput) => toFormValue(configDescription, config) as FormObject
const runsOf = (...configs: RunConfigInput[]) =>
  configs.map((config, index) => ({ label: `Run ${index}`, config: completeRunConfig(config) }))
function metricNamed(wanted: string): ExperimentMetric {
  const metric = experimentMetrics.find(({ id }) => id === wanted)
  if (!metric)
    throw new Error(`metrics of experiments: expected one named ${wanted}, got ${experimentMetrics.map(({ id }) => id).join(', ')}`)
  return metric
}
const listOf = (path: string, ...values: string[]): TypedAxis => ({ path, values: { kind: 'list', values } })
const sweepOf = (axes: readonly TypedAxis[], rest: Partial<TypedSweep> = {}): TypedSweep => ({ axes, draws: null, drawSeed: 1, ...rest })
const made = (form: FormObject, ...axes: TypedAxis[]) => sweepRuns(configDescription, form, { sweep: sweepOf(axes) }).runs
const dense = (latentDimension: number): RunConfigInput => ({ architecture: { kind: 'dense', latentDimension } })

describe('a sweep typed in the form', () => {
  test('makes a run of each value that differs in that setting alone', () => {
    const form = formOf({ training: { epochs: 3 } })
    const runs = made(form, listOf('architecture.latentDimension', '2', '8'))
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
    const [searched, solved] = made(linear, listOf('optimizer', 'adam', 'closedForm'))
    expect([searched?.result, solved?.result]).toMatchObject([
      { config: { training: { epochs: 20 } } },
      { config: { training: { epochs: 1 } } },
    ])
  })

  test('varies choices, with what was typed for each, and lists', () => {
    const form = formOf({ optimizer: { kind: 'sgd', learningRate: 0.5 } })
    const optimizers = made(form, listOf('optimizer', 'sgd', 'adam'))
    expect(optimizers.map(({ label }) => label)).toEqual(['Optimizer = SGD', 'Optimizer = Adam'])
    expect(optimizers[0]?.result).toMatchObject({ config: { optimizer: { kind: 'sgd', learningRate: 0.5, momentum: 0 } } })
    expect(optimizers[1]?.result).toHaveProperty('config.optimizer.kind', 'adam')
    const widths = made(form, listOf('architecture.hiddenWidths', '512, 128', '64'))
    expect(widths.map(({ result }) => ('config' in result ? result.config.architecture : null))).toMatchObject([
      { hiddenWidths: [512, 128] },
      { hiddenWidths: [64] },
    ])
  })

  test('says what is wrong with a value', () => {
    const swept = sweepRuns(configDescription, formOf({}), { sweep: sweepOf([listOf('architecture.latentDimension', '2', '5000')]) })
    const [small, large] = swept.runs
    expect(small?.result).toHaveProperty('config')
    expect(large?.result).toHaveProperty('issues.0.message', 'Code size must be a whole number from 1 to 4096, got 5000')
    expect(swept.problem).toEqual({
      path: 'architecture.latentDimension',
      message: 'Code size = 5000: Code size must be a whole number from 1 to 4096, got 5000.',
    })
  })

  test('offers the settings of what is chosen, and nothing for a path that there is not', () => {
    const paths = sweepableSettings(configDescription, formOf({})).map(({ path }) => path)
    expect(paths).toEqual(expect.arrayContaining(['data.dataset', 'loss', 'optimizer', 'optimizer.beta1', 'training.epochs']))
    expect(paths).not.toContain('optimizer.momentum')
    expect(made(formOf({}), listOf('optimizer.momentum', '0.9'))).toEqual([])
  })
})

describe('a sweep over several settings', () => {
  const rates: TypedAxis = { path: 'optimizer.learningRate', values: { kind: 'log', from: '1e-4', to: '0.1', count: '4' } }
  const problemOf = (axes: readonly TypedAxis[], rest: Partial<TypedSweep> = {}, seeds = 1) =>
    sweepRuns(configDescription, formOf({}), { sweep: sweepOf(axes, rest), seeds }).problem?.message

  test('makes a run of each combination, named after all that is varied', () => {
    const runs = made(formOf({}), listOf('architecture.latentDimension', '2', '8'), rates)
    expect(runs.map(({ label }) => label).slice(0, 5)).toEqual([
      'Code size = 2, Learning rate = 0.0001',
      'Code size = 2, Learning rate = 0.001',
      'Code size = 2, Learning rate = 0.01',
      'Code size = 2, Learning rate = 0.1',
      'Code size = 8, Learning rate = 0.0001',
    ])
    expect(runs[4]?.result).toMatchObject({ config: { architecture: { latentDimension: 8 }, optimizer: { learningRate: 0.0001 } } })
  })

  test('makes one run of those that come to the same, and leaves alone what a choice does not have', () => {
    const runs = made(formOf({}), listOf('optimizer', 'adam', 'lbfgs'), listOf('optimizer.learningRate', '0.1', '0.2'))
    expect(runs.map(({ label }) => label)).toEqual([
      'Optimizer = Adam, Learning rate = 0.1',
      'Optimizer = Adam, Learning rate = 0.2',
      'Optimizer = L-BFGS',
    ])
  })

  test('draws the same combinations from the same seed', () => {
    const draw = (drawSeed: number) =>
      sweepRuns(configDescription, formOf({}), {
        sweep: sweepOf([listOf('architecture.latentDimension', '2', '8'), rates], { draws: 6, drawSeed }),
      }).runs
    expect(draw(3)).toHaveLength(6)
    expect(draw(3)).toEqual(draw(3))
    expect(draw(3)).not.toEqual(draw(4))
  })

  test('says what is wrong before any run is made', () => {
    const many = { path: 'optimizer.learningRate', values: { kind: 'log' as const, from: '1e-4', to: '0.1', count: '100' } }
    const sizes: TypedAxis = { path: 'architecture.latentDimension', values: { kind: 'linear', from: '1', to: '100', count: '100' } }
    expect(problemOf([many, sizes])).toBe('Expected at most 200 runs, got 10,000. Take fewer values, or draw some at random.')
    expect(problemOf([rates], {}, 60)).toBe(
      'Expected at most 200 runs, got 240: 4 settings with 60 seeds each. Take fewer values, or draw some at random.',
    )
    expect(problemOf([many, sizes], { draws: 20 })).toBeUndefined()
    expect(problemOf([{ ...rates, values: { ...rates.values, kind: 'log', from: '0', to: '1', count: '3' } }])).toBe(
      'Learning rate: Expected ends above 0 on a log scale, got 0.',
    )
    expect(problemOf([listOf('optimizer.learningRate')])).toBe('Give the values that learning rate is to take.')
  })

  test('stands in the address, as it was typed', () => {
    const axes = [listOf('architecture.hiddenWidths', '512, 128', 'a:b;c%'), rates, listOf('loss')]
    expect(parseAsAxes.parse(parseAsAxes.serialize(axes))).toEqual(axes)
    expect(parseAsAxes.parse('architecture.latentDimension')).toEqual([listOf('architecture.latentDimension')])
    expect(parseAsAxes.parse('')).toEqual([])
  })

  test('names the experiment', () => {
    const [size, rate] = ['architecture.latentDimension', 'optimizer.learningRate'].flatMap(
      (path) => sweepableSettings(configDescription, formOf({})).find((setting) => setting.path === path) ?? [],
    )
    if (!size || !rate) throw new Error('expected both settings')
    expect([
      sweepTitle([size], { draws: null, seeds: null }),
      sweepTitle([size, rate], { draws: null, seeds: 2 }),
      sweepTitle([size, rate], { draws: 9, seeds: null }),
      sweepTitle([], { draws: null, seeds: 3 }),
    ]).toEqual(['Code size sweep', 'Code size and learning rate sweep', 'Random search over code size and learning rate', '3 seeds'])
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

test('takes as long with several seeds as all its runs do that are trained side by side', () => {
  expect(secondsOfSeeds({ seconds: 60, runs: 1, seeds: 2, maxRuns: 2 })).toBe(60)
  expect(secondsOfSeeds({ seconds: 60, runs: 1, seeds: 5, maxRuns: 2 })).toBe(150)
  expect(secondsOfSeeds({ seconds: 60, runs: 4, seeds: 3, maxRuns: 2 })).toBe(180)
  expect(secondsOfSeeds({ seconds: 60, runs: 1, seeds: 3, maxRuns: 1 })).toBe(180)
})
