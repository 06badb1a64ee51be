import { expect, test } from 'vitest'
import { labelLogSplits, labelSplits, labelTimes, linearSplits, logSplits, timeSplits } from '../src/ui/chartTicks'

test.each([
  [1e-30, 3e-30],
  [0.001, 0.0013],
  [0, 1],
  [3, 9_000],
  [1.6e16, 3e16],
  [0, 4e33],
  [1e34, 9e34],
  [999_999.5, 1_000_000.5],
])('marks a linear axis from %d to %d at a few round values that can be told apart', (min, max) => {
  const splits = linearSplits(min, max, 6)
  const labels = labelSplits(splits)
  expect(splits.length).toBeGreaterThanOrEqual(3)
  expect(splits.length).toBeLessThanOrEqual(13)
  expect(new Set(labels).size).toBe(splits.length)
  for (const [index, label] of labels.entries()) {
    expect(label.length).toBeLessThanOrEqual(10)
    expect(Number(label) / (splits[index] || 1)).toBeCloseTo(splits[index] === 0 ? 0 : 1, 3)
  }
})

test.each([
  [1e-30, 1e35],
  [0.02, 0.5],
  [0.011, 0.019],
  [3e27, 4e33],
  [0.5, 2_000],
  [0.42, 0.43],
])('marks a logarithmic axis from %d to %d, and names no more than there is room for', (min, max) => {
  const splits = logSplits(min, max, 6)
  const named = labelLogSplits(splits).filter((label) => label !== '')
  expect(splits.length).toBeLessThanOrEqual(40)
  expect(named.length).toBeGreaterThanOrEqual(2)
  expect(named.length).toBeLessThanOrEqual(12)
  expect(splits.every((split) => split >= min * 0.999 && split <= max * 1.001)).toBe(true)
})

test('has no marks where there is nothing to mark', () => {
  expect(logSplits(0, 1, 5)).toEqual([])
  expect(logSplits(1, 1, 5)).toEqual([])
})

test.each([
  [8, ['0 s', '2 s', '4 s', '6 s', '8 s']],
  [95, ['0 s', '30 s', '60 s', '90 s']],
  [600, ['0 min', '2 min', '4 min', '6 min', '8 min', '10 min']],
  [9000, ['0 h', '0.5 h', '1 h', '1.5 h', '2 h', '2.5 h']],
  [900_000, ['0 d', '3 d', '6 d', '9 d']],
])('marks %d seconds at whole parts of one unit', (most, labels) => {
  expect(labelTimes(timeSplits(0, most, 5))).toEqual(labels)
})
