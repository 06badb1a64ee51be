import { expect, test } from 'vitest'
import { smoothPoints, smoothSeries } from '../src/ui/smoothSeries'

const points = (...values: (number | null)[]) => values.map((y, x) => ({ x, y }))
const valuesOf = (smoothed: readonly { readonly y: number | null }[]) => smoothed.map(({ y }) => y)

test('averages what came before with weights that fall off, whatever the first value is', () => {
  expect(valuesOf(smoothPoints(points(4, 0, 2), 0.5))).toEqual([4, (4 * 0.5) / 1.5, (4 * 0.25 + 2) / 1.75])
  expect(valuesOf(smoothPoints(points(3, 3, 3), 0.9)).every((y) => Math.abs((y ?? 0) - 3) < 1e-12)).toBe(true)
})

test('passes over what is missing or not finite', () => {
  expect(valuesOf(smoothPoints(points(4, null, Number.POSITIVE_INFINITY, 0), 0.5))).toEqual([
    4,
    null,
    Number.POSITIVE_INFINITY,
    (4 * 0.5) / 1.5,
  ])
})

test('keeps each line behind its average, and says that both are of one thing', () => {
  const line = { id: 'a', label: 'A', colour: 'red', points: points(1, 2, 3) }
  const short = { id: 'b', label: 'B', colour: 'blue', points: points(1, 2) }
  const smoothed = smoothSeries([line, short], 0.5)
  expect(smoothed.map(({ id, of, isFaint }) => [id, of, isFaint])).toEqual([
    ['a raw', 'a', true],
    ['a', 'a', undefined],
    ['b', undefined, undefined],
  ])
  expect(smoothed[0]?.points).toBe(line.points)
  expect(smoothSeries([line], 0)).toEqual([line])
})
