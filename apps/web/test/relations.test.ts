import { describe, expect, it } from 'vitest'
import {
  type Dimension,
  dimensionsOf,
  insideBrushes,
  placeValues,
  readBrush,
  settingEffects,
  spearman,
  writeBrush,
} from '../src/features/compare/relations'

const dimension = (id: string, values: Dimension['values'], isSetting = true): Dimension => ({
  id,
  title: id,
  isSetting,
  isNumeric: values.every((value) => typeof value !== 'string'),
  values,
})

describe('what runs are told apart by', () => {
  it('is settings, and numbers that came of them and are not all the same', () => {
    const row = (id: string, ...values: (number | string | null)[]) => ({
      id,
      title: id,
      unranked: null,
      cells: values.map((value) => ({ text: String(value), value, isBest: false, difference: null })),
    })
    const parts = [
      { id: 'settings', title: '', rows: [row('kind', 'dense', 'convolutional')] },
      {
        id: 'results',
        title: '',
        rows: [row('status', 'Failed', 'Completed'), row('loss', 0.1, 0.2), row('parameters', 5, 5), row('kl', null, 3)],
      },
    ] as const
    expect(dimensionsOf(parts).map(({ id }) => id)).toEqual(['kind', 'loss'])
  })
})

describe('an axis', () => {
  it('is logarithmic where positive numbers are far apart', () => {
    expect(placeValues(dimension('rate', [0.0001, 1, 0.01]), [0, 100])(0.01)).toBeCloseTo(50)
    expect(placeValues(dimension('size', [10, 20]), [0, 100])(15)).toBeCloseTo(50)
    expect(placeValues(dimension('zero', [0, 1000]), [0, 100])(500)).toBeCloseTo(50)
  })

  it('places words in their order, numbers in them as numbers', () => {
    const place = placeValues(dimension('size', ['z = 10', 'z = 9', 'z = 100']), [0, 100])
    expect(place('z = 9')).toBeLessThan(place('z = 10'))
    expect(place('z = 10')).toBeLessThan(place('z = 100'))
  })
})

describe('a brushed part', () => {
  const dimensions = [dimension('loss', [0.1, 0.2, null], false), dimension('kind', ['adam', 'sgd', 'sgd'])]

  it('leaves what lies in all parts, both ends included, and what has no value in none', () => {
    expect(insideBrushes(dimensions, [], 3)).toEqual([true, true, true])
    expect(insideBrushes(dimensions, [{ id: 'loss', low: 0.1, high: 0.15 }], 3)).toEqual([true, false, false])
    expect(insideBrushes(dimensions, [{ id: 'kind', low: 'sgd', high: 'sgd' }], 3)).toEqual([false, true, true])
    expect(insideBrushes(dimensions, [{ id: 'gone', low: 0, high: 1 }], 3)).toEqual([true, true, true])
  })

  it('survives an address', () => {
    for (const brush of [
      { id: 'metric.loss', low: -1e-7, high: 2.5e30 },
      { id: 'optimizer', low: 'Adam', high: 'L-BFGS, 20 %' },
    ]) {
      expect(readBrush(writeBrush(brush))).toEqual(brush)
    }
    for (const text of ['', 'a', 'a~1', '~1~2', 'a~1~2~3']) expect(readBrush(text)).toBeNull()
  })
})

describe('what a setting does to a result', () => {
  it('is its rank correlation, ties sharing a rank', () => {
    expect(spearman([1, 2, 3, 4], [10, 20, 30, 1000])).toBeCloseTo(1)
    expect(spearman([1, 2, 3, 4], [4, 3, 2, 1])).toBeCloseTo(-1)
    // Ranks 1, 2½, 2½, 4, 5 and 1, 2, 3½, 5, 3½.
    expect(spearman([1, 2, 2, 4, 5], [5, 6, 7, 8, 7])).toBeCloseTo(7.25 / 9.5, 10)
    expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull()
  })

  it('is the share of variance between its values less what chance puts there, the strongest first', () => {
    const result = dimension('loss', [1, 1.1, 2, 2.1, 3, 3.1], false)
    const noise = dimension('noise', [1, 2, 1, 2, 1, 2])
    const cause = dimension('cause', ['a', 'a', 'b', 'b', 'c', 'c'])
    const effects = settingEffects([noise, cause], result)
    expect(effects.map(({ id }) => id)).toEqual(['cause', 'noise'])
    expect(effects[0]).toMatchObject({ count: 6, correlation: null })
    expect(effects[0]?.explained).toBeCloseTo(1 - 0.015 / 3 / (4.015 / 5), 10)
    expect(effects[1]?.explained).toBe(0)
  })

  it('is not said of few runs, or of values that are there once', () => {
    expect(settingEffects([dimension('a', [1, 2, 3, 4])], dimension('loss', [1, 2, 3, 4], false))[0]).toMatchObject({
      correlation: null,
      explained: null,
    })
    const one = settingEffects([dimension('a', [1, 2, 3, 4, 5])], dimension('loss', [1, 2, 3, 4, 5], false))[0]
    expect(one).toMatchObject({ explained: null })
    expect(one?.correlation).toBeCloseTo(1)
  })
})
