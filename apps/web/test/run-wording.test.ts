import { describeSchema, runConfigSchema, toInitials, toLabel, toWords } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { configurationRows } from '../src/entities/config/configurationRows'
import { allExamples } from '../src/entities/metric/allExamples'
import { formatBytes, formatCount, formatCounted, formatDuration, formatLoss, formatRound } from '../src/ui/formatQuantity'

describe('quantities', () => {
  it.each([
    [0, '0.0 s'],
    [0.000_34, '0.34 ms'],
    [0.0405, '41 ms'],
    [0.9996, '1.0 s'],
    [4.23, '4.2 s'],
    [9.97, '10 s'],
    [59.6, '1 min 00 s'],
    [187, '3 min 07 s'],
    [3599.7, '1 h 00 min'],
    [7500, '2 h 05 min'],
    [273_600, '3 d 4 h'],
    [Number.NaN, '–'],
    [-1, '–'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text)
  })

  it.each([
    [0.016_834, '0.01683'],
    [0.012, '0.01200'],
    [0.81, '0.8100'],
    [9999.6, '10000'],
    [123_456, '123500'],
    [0.000_012_345, '1.234e-5'],
    [0, '0'],
    [null, '–'],
    [Number.POSITIVE_INFINITY, '–'],
  ])('writes the loss %d as %s', (loss, text) => {
    expect(formatLoss(loss)).toBe(text)
  })

  it.each([
    [0.05, '0.05'],
    [1, '1'],
    [0, '0'],
    [100, '100'],
    [2e-5, '2e-5'],
    [1.5e7, '1.5e+7'],
    [-0.25, '-0.25'],
  ])('writes the round number %d as %s', (value, text) => {
    expect(formatRound(value)).toBe(text)
  })

  it.each([
    [812, '812 B'],
    [14_230_000, '14.2 MB'],
    [999_600, '1.0 MB'],
    [203_000, '203 kB'],
  ])('writes %d bytes as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text)
  })

  it('writes counts with separators, and one as one', () => {
    expect(formatCount(92_345.6)).toBe('92,346')
    expect([0, 1, 2, 10_000].map((count) => formatCounted(count, 'test example'))).toEqual([
      '0 test examples',
      '1 test example',
      '2 test examples',
      '10,000 test examples',
    ])
  })
})

describe('a configuration to read', () => {
  const schema = describeSchema(runConfigSchema)
  const config = runConfigSchema.parse({
    data: { testCount: 500, validationCount: 1000 },
    architecture: { kind: 'dense', latentDimension: 2, hiddenWidths: [512, 128] },
    optimizer: { kind: 'sgd' },
  })
  const groups = configurationRows(schema, { config, whenEmpty: allExamples(config) })
  const row = (path: string) => groups.flatMap(({ rows }) => rows).find((candidate) => candidate.path === path)

  it('has a group for each part of the schema, in its order', () => {
    expect(groups.map(({ title }) => title)).toEqual([
      'Data',
      'Architecture',
      'Loss',
      'Corruption',
      'Regularizer',
      'Optimizer',
      'Training',
      'Evaluation',
    ])
  })

  it('names every setting with its unit', () => {
    expect(row('training.epochs')).toMatchObject({ title: 'Epochs', value: '20 epochs' })
    expect(row('architecture.hiddenWidths')?.value).toBe('512, 128')
    expect(row('loss')?.value).toBe('mean squared error')
    expect(row('data.dataset')?.value).toBe('MNIST')
    expect(row('data.trainCount')).toMatchObject({ value: 'all others (59,000)', usual: null })
    expect(row('data.testCount')).toMatchObject({ value: '500 examples', usual: 'all (10,000)' })
    expect(row('data.validationCount')).toMatchObject({ value: '1,000 examples', usual: 'as usual (500)' })
  })

  it('writes one of a unit as one', () => {
    const single = runConfigSchema.parse({ data: { testCount: 1 }, architecture: { kind: 'dense' }, training: { epochs: 1 } })
    const rows = configurationRows(schema, { config: single, whenEmpty: allExamples(single) }).flatMap((group) => group.rows)
    const written = (path: string) => rows.find((each) => each.path === path)?.value
    expect([written('data.testCount'), written('training.epochs')]).toEqual(['1 example', '1 epoch'])
  })

  it('says what is usual where the run differs', () => {
    expect(row('architecture.latentDimension')).toMatchObject({ value: '2', usual: '32' })
    expect(row('optimizer')).toMatchObject({ value: 'SGD', usual: 'Adam' })
    expect(row('training.batchSize')?.usual).toBeNull()
  })

  it('describes the settings of the chosen variant only', () => {
    expect(row('optimizer.momentum')?.value).toBe('0')
    expect(row('optimizer.beta1')).toBeUndefined()
  })

  it('turns names into words', () => {
    expect(toWords('meanSquaredError')).toBe('mean squared error')
    expect(toWords('binaryCrossEntropy')).toBe('binary cross-entropy')
    expect(toWords('tanh')).toBe('tanh')
    expect(toLabel('binaryCrossEntropy')).toBe('Binary cross-entropy')
    expect([toInitials('meanSquaredError'), toInitials('binaryCrossEntropy'), toInitials('tanh')]).toEqual(['MSE', 'BCE', 'tanh'])
  })
})
