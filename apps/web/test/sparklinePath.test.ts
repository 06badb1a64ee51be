import { expect, test } from 'vitest'
import { rangeOfValues, sparklinePath } from '../src/features/runs/sparklinePath'

const box = { width: 100, height: 20 }
const line = (...values: (number | null)[]) => values.map((y, x) => ({ x, y }))

test('goes from the left to the right edge, the highest value at the top', () => {
  expect(sparklinePath(line(3, 2, 1), box)).toBe('M0 0L50 10L100 20')
})

test('breaks at a value that is missing or not finite', () => {
  expect(sparklinePath(line(1, null, 0, Number.NaN, 1), box)).toBe('M0 0M50 20M100 0')
  expect(sparklinePath(line(1, 0, null, 1, 0), box)).toBe('M0 0L25 20M75 0L100 20')
})

test('draws a lone value as a dash in the middle', () => {
  expect(sparklinePath(line(5), box)).toBe('M50 10h1')
})

test('stays level where nothing changes', () => {
  expect(sparklinePath(line(2, 2), box)).toBe('M0 10L100 10')
})

test('draws nothing from nothing', () => {
  expect(sparklinePath([], box)).toBe('')
  expect(sparklinePath(line(null), box)).toBe('')
})

test('shares a range between lines', () => {
  expect(rangeOfValues([null, 2, Number.POSITIVE_INFINITY, 4])).toEqual([2, 4])
  expect(rangeOfValues([null])).toBeUndefined()
  expect(sparklinePath(line(2, 3), { ...box, range: [2, 4] })).toBe('M0 20L100 10')
})
