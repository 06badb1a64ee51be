import { completeRunConfig, epochCatalog, type RunConfigInput } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { charts, chartsOf, curvesOf } from '../src/entities/metric/curvesOf'
import { mixedNote, scoredLoss, scoredOn, scoredTogether, titledRow } from '../src/entities/metric/scoredOn'
import { comparableTitle } from '../src/entities/run/comparable'
import { againstPca, scoredError } from '../src/entities/run/pcaBaseline'
import { curvesTable } from '../src/entities/run/runFigures'
import { comparedColumns } from '../src/features/compare/comparedTable'
import { experimentMetrics, titledMetric } from '../src/features/experiment/experimentMetrics'
import { epochMetrics, makeRun } from './runFixtures'

const configOf = (data: RunConfigInput['data']) => completeRunConfig({ data })
const dataset = { id: 'mnist', title: 'MNIST' }
const [held, none] = [configOf({}), configOf({ validationCount: 0 })]

describe('what a run is scored on after each epoch', () => {
  it('is validation examples, or test examples where none are held out', () => {
    expect([held, none, configOf({ trainCount: 60_000 })].map(scoredOn)).toEqual(['validation', 'test', 'test'])
  })

  it('is in the titles of its curves and columns', () => {
    const chart = charts.find(({ id }) => id === 'loss')
    const row = epochCatalog.find(({ id }) => id === 'validationLoss')
    if (!chart || !row) throw new Error('expected a chart of losses')
    for (const [scored, word, config] of [
      ['validation', 'Validation', held],
      ['test', 'Test', none],
    ] as const) {
      expect(curvesOf([], { chart, colour: 'teal', scored }).map(({ label }) => label)).toEqual(['Training', word])
      expect(titledRow(row, [config]).title).toBe(`${word} loss`)
      expect(comparableTitle([{ dataset, config }])).toBe(`${word} loss`)
    }
  })

  it('is called an objective where any of the runs minimizes more than its error', () => {
    const variational = completeRunConfig({ architecture: { kind: 'dense', encoder: { kind: 'variational' } }, loss: 'binaryCrossEntropy' })
    const sparse = completeRunConfig({ data: { validationCount: 0 }, regularizer: { kind: 'l1' } })
    expect([[held], [variational], [sparse], [held, variational], [held, sparse]].map(scoredLoss)).toEqual([
      'Validation loss',
      'Validation objective',
      'Test objective',
      'Validation objective',
      'Validation or test objective',
    ])
    expect(comparableTitle([{ dataset, config: variational }])).toBe('Validation objective')
    expect(comparedColumns([variational]).slice(3, 6)).toEqual(['training objective', 'scored on', 'validation objective'])
    const { columns } = curvesTable({ ...makeRun(), config: variational, metrics: [epochMetrics(1, 0.5)], pcaBaseline: null })
    expect(columns.slice(0, 3)).toEqual(['epoch', 'training objective', 'validation objective'])
    expect(chartsOf([], 'objective')[0]?.title).toBe('Objective')
    const titles = experimentMetrics.map((metric) => titledMetric(metric, [held, variational]).title)
    expect(titles).toEqual(expect.arrayContaining(['Training objective', 'Validation objective', 'Reconstruction MSE']))
    expect(titles.join()).not.toContain('loss')
  })

  it('is said of what is exported, beside PCA of the same examples', () => {
    const pcaBaseline = { __typename: 'PcaBaseline', components: 32, isWhole: false, isClipped: true, meanSquaredError: 0.2 } as const
    const metrics = [epochMetrics(1, 0.5)]
    const validated = curvesTable({ ...makeRun(), config: held, metrics, pcaBaseline: { ...pcaBaseline, validationMeanSquaredError: 0.3 } })
    expect(validated.columns).toEqual(expect.arrayContaining(['validation loss', 'scored on', 'pca validation mse']))
    expect(validated.rows[0]?.slice(-3)).toEqual(['validation', 32, 0.3])
    const tested = curvesTable({ ...makeRun(), config: none, metrics, pcaBaseline: { ...pcaBaseline, validationMeanSquaredError: null } })
    expect(tested.columns).toEqual(expect.arrayContaining(['test loss', 'pca test mse']))
    expect(tested.rows[0]?.slice(-3)).toEqual(['test', 32, 0.2])
  })

  it('may differ between runs that stand together, which is said', () => {
    const columns = (...configs: (typeof held)[]) => comparedColumns(configs).slice(4, 7)
    expect(columns(held, held)).toEqual(['scored on', 'validation loss', 'validation mse'])
    expect(columns(none)).toEqual(['scored on', 'test loss', 'test mse'])
    expect(columns(held, none)).toEqual(['scored on', 'validation or test loss', 'validation or test mse'])
    expect(scoredTogether([held, held])).toBe('validation')
    expect(mixedNote('validation')).toBeNull()
    expect(mixedNote(scoredTogether([held, none]))).toContain('the others are scored on test examples')
    expect(comparableTitle([held, none].map((config) => ({ dataset, config })))).toBe('Validation or test loss')
  })
})

describe('PCA’s error beside a run', () => {
  it('is that on the examples that the run is scored on', () => {
    expect(scoredError({ meanSquaredError: 0.2, validationMeanSquaredError: 0.3 })).toBe(0.3)
    expect(scoredError({ meanSquaredError: 0.2, validationMeanSquaredError: null })).toBe(0.2)
    expect(againstPca(0.15, 0.3, { isClipped: true })).toBe('0.50 ×')
    expect(againstPca(0.15, 0.3, { isClipped: false })).toBe('–')
    expect(againstPca(0.15, null, null)).toBe('–')
  })
})
