import { describe, expect, test } from 'vitest'
import { datasetCatalog, datasetIds } from '../src/catalog.js'
import { countExamples, drawExamples } from '../src/drawExamples.js'

const { mnist } = datasetCatalog
const circle = datasetCatalog.circle
const isDisjoint = (one: Uint32Array, other: Uint32Array) => new Set([...one, ...other]).size === one.length + other.length

describe('counts', () => {
  test.each([
    ['all of MNIST', mnist, {}, { train: 55_000, validation: 5000, test: 10_000 }],
    ['all points', circle, {}, { train: 1833, validation: 167, test: 1000 }],
    ['nothing held out', mnist, { validationCount: 0 }, { train: 60_000, validation: 0, test: 10_000 }],
    ['a large part of MNIST', mnist, { trainCount: 20_000 }, { train: 20_000, validation: 5000, test: 10_000 }],
    ['no more held out than is trained on', mnist, { trainCount: 10, testCount: 1000 }, { train: 10, validation: 10, test: 1000 }],
    ['no more held out than is tested on', mnist, { testCount: 500 }, { train: 59_500, validation: 500, test: 500 }],
    ['no more held out than training leaves', mnist, { trainCount: 57_000 }, { train: 57_000, validation: 3000, test: 10_000 }],
    ['every training example asked for', mnist, { trainCount: 60_000 }, { train: 60_000, validation: 0, test: 10_000 }],
    ['a number of one’s own', mnist, { trainCount: 100, validationCount: 2000 }, { train: 100, validation: 2000, test: 10_000 }],
    ['the rest is trained on', mnist, { validationCount: 10_000 }, { train: 50_000, validation: 10_000, test: 10_000 }],
  ])('%s', (_, sizes, wanted, counts) => {
    expect(countExamples(sizes, wanted)).toEqual(counts)
  })
})

describe('drawn at random', () => {
  test.each(datasetIds)('validation examples of %s are none that are trained on', (id) => {
    const { train, validation } = drawExamples(id, {})
    expect(isDisjoint(train, validation)).toBe(true)
    expect(train.length + validation.length).toBe(datasetCatalog[id].trainCount)
  })

  test('fewer examples are the beginning of more, and held-out ones never overlap with them', () => {
    const whole = drawExamples('mnist', { trainCount: 50_000, validationCount: 10_000 })
    const part = drawExamples('mnist', { trainCount: 300, validationCount: 40, testCount: 20 })
    expect(part.train).toEqual(whole.train.slice(0, 300))
    expect(part.validation).toEqual(whole.validation.slice(0, 40))
    expect(part.test).toEqual(whole.test.slice(0, 20))
    expect(isDisjoint(whole.train, whole.validation)).toBe(true)
  })

  test('they are the same each time, others of another data set, and no run of neighbours', () => {
    const drawn = drawExamples('mnist', { trainCount: 1000 })
    expect(drawExamples('mnist', { trainCount: 1000 })).toEqual(drawn)
    expect(drawExamples('fashion-mnist', { trainCount: 1000 }).train).not.toEqual(drawn.train)
    // The mean of 1,000 of 60,000 places has a standard error of 550.
    const mean = drawn.train.reduce((sum, place) => sum + place / 1000, 0)
    expect(Math.abs(mean - 30_000)).toBeLessThan(2200)
  })
})

test('the first of their files are training and test examples, the last of the training file are held out', () => {
  const {
    train,
    validation,
    test: tested,
  } = drawExamples('circle', { trainCount: 5, validationCount: 3, testCount: 2, selection: 'first' })
  expect([[...train], [...validation], [...tested]]).toEqual([
    [0, 1, 2, 3, 4],
    [1999, 1998, 1997],
    [0, 1],
  ])
})
