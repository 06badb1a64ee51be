import { expect, test } from 'vitest'
import { type ChartScale, type ChartSeries, describeOmitted, drawnLines, toAlignedData } from '../src/ui/chartData'
import { describeChart } from '../src/ui/describeChart'

const series = (id: string, ...points: [number, number | null][]) => ({
  id,
  label: id,
  colour: '#000',
  points: points.map(([x, y]) => ({ x, y })),
})

const align = (lines: readonly ChartSeries[], scale: ChartScale) => toAlignedData(drawnLines(lines), scale)

test('aligns lines of different lengths on the union of their epochs', () => {
  expect(align([series('a', [1, 0.5], [3, 0.3]), series('b', [1, 0.6], [2, 0.4])], 'linear')).toEqual([
    [1, 2, 3],
    [0.5, undefined, 0.3],
    [0.6, 0.4, undefined],
  ])
})

test('leaves a gap where a value is missing or not finite', () => {
  expect(align([series('a', [1, null], [2, Number.NaN], [3, Number.POSITIVE_INFINITY], [4, 0])], 'linear')).toEqual([
    [1, 2, 3, 4],
    [null, null, null, 0],
  ])
})

test('leaves a gap where a logarithmic axis has no place for a value', () => {
  expect(align([series('a', [1, 0.1], [2, 0], [3, -1])], 'log')).toEqual([
    [1, 2, 3],
    [0.1, null, null],
  ])
})

test('draws nothing from nothing', () => {
  expect(align([], 'log')).toEqual([[]])
  expect(align([series('a')], 'linear')).toEqual([[], []])
})

test('tells in words what the chart shows', () => {
  const description = describeChart({
    series: [series('Training', [1, 0.5], [2, 0.2], [3, 0.25]), series('Validation')],
    referenceLines: [{ label: 'PCA', value: 0.01, colour: '#000' }],
    xLabel: 'Epoch',
    yLabel: 'Loss',
  })
  expect(description).toBe(
    'Loss by epoch. Training: from 0.5000 at epoch 1 to 0.2500 at epoch 3, lowest 0.2000 at epoch 2. Validation: no values yet. PCA: 0.01000.',
  )
})

test('draws the edges of a band, and what lies behind, before the lines', () => {
  const banded = {
    ...series('mean', [1, 2], [2, 3]),
    band: [
      { x: 1, low: 1, high: 4 },
      { x: 2, low: 2, high: 5 },
    ],
  }
  const faint = { ...series('raw', [1, 7]), isFaint: true }
  const lines = drawnLines([banded, series('other', [2, 9]), faint])
  expect(lines.map(({ series: { id }, part }) => `${id} ${part}`)).toEqual(['mean high', 'mean low', 'raw line', 'mean line', 'other line'])
  expect(toAlignedData(lines, 'linear')).toEqual([
    [1, 2],
    [4, 5],
    [1, 2],
    [7, undefined],
    [2, 3],
    [undefined, 9],
  ])
})

test('says what a logarithmic axis has no place for, and what no axis has', () => {
  const lines = [series('Loss', [1, 0], [2, -1], [3, 2]), series('KL', [1, Number.POSITIVE_INFINITY], [2, 1], [3, null])]
  expect(describeOmitted(lines, 'log')).toBe(
    'Not drawn: 2 values of Loss, at or below 0, and 1 value of KL, not finite (logarithmic axis).',
  )
  expect(describeOmitted(lines, 'linear')).toBe('Not drawn: 1 value of KL, not finite.')
  expect(describeOmitted([series('Active', [1, 0], [2, 0])], 'log')).toBe(
    'Not drawn: all 2 values of Active, at or below 0 (logarithmic axis).',
  )
  expect(describeOmitted([series('Loss', [1, 1])], 'log')).toBeNull()
  expect(
    describeOmitted(
      ['a', 'b', 'c', 'd', 'e'].map((id) => series(id, [1, 0], [2, 1])),
      'log',
    ),
  ).toMatch(/those of 2 more lines/)
})

test('leaves out of a logarithmic x axis what it has no place for', () => {
  expect(toAlignedData(drawnLines([series('a', [0, 1], [1, 2])]), 'linear', { scale: 'log' })).toEqual([[1], [2]])
})
