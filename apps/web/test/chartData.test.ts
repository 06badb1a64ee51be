import { expect, test } from 'vitest'
import { toAlignedData } from '../src/ui/chartData'
import { describeChart } from '../src/ui/describeChart'

const series = (id: string, ...points: [number, number | null][]) => ({
  id,
  label: id,
  colour: '#000',
  points: points.map(([x, y]) => ({ x, y })),
})

test('aligns lines of different lengths on the union of their epochs', () => {
  expect(toAlignedData([series('a', [1, 0.5], [3, 0.3]), series('b', [1, 0.6], [2, 0.4])], 'linear')).toEqual([
    [1, 2, 3],
    [0.5, undefined, 0.3],
    [0.6, 0.4, undefined],
  ])
})

test('leaves a gap where a value is missing or not finite', () => {
  expect(toAlignedData([series('a', [1, null], [2, Number.NaN], [3, Number.POSITIVE_INFINITY], [4, 0])], 'linear')).toEqual([
    [1, 2, 3, 4],
    [null, null, null, 0],
  ])
})

test('leaves a gap where a logarithmic axis has no place for a value', () => {
  expect(toAlignedData([series('a', [1, 0.1], [2, 0], [3, -1])], 'log')).toEqual([
    [1, 2, 3],
    [0.1, null, null],
  ])
})

test('draws nothing from nothing', () => {
  expect(toAlignedData([], 'log')).toEqual([[]])
  expect(toAlignedData([series('a')], 'linear')).toEqual([[], []])
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
