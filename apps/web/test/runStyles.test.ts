import { expect, test } from 'vitest'
import { runColour } from '../src/entities/run/runColour'
import { type RunStyle, runStyles } from '../src/entities/run/runStyles'

const looks = (styles: ReadonlyMap<number, RunStyle>) => [...styles.values()].map(({ colour, dash }) => `${colour} ${dash ?? ''}`)

test.each([
  [[1, 11, 21]],
  [[10, 20, 30, 40, 50, 60, 70, 80, 90, 100]],
  [Array.from({ length: 12 }, (_, index) => 3 * index + 1)],
  [Array.from({ length: 50 }, (_, index) => 10 * index + 7)],
])('no two runs of %j look the same', (numbers) => {
  const styles = runStyles(numbers)
  expect(styles.size).toBe(numbers.length)
  expect(new Set(looks(styles)).size).toBe(numbers.length)
})

test('ten runs differ by colour alone', () => {
  expect([...runStyles([5, 15, 25, 35, 45, 6, 16, 26, 36, 46]).values()].every(({ dash }) => dash === undefined)).toBe(true)
})

test('a run keeps its colour where it is free', () => {
  const styles = runStyles([4, 14, 7])
  expect(styles.get(4)).toEqual({ colour: runColour(4) })
  expect(styles.get(7)).toEqual({ colour: runColour(7) })
  expect(styles.get(14)?.colour).not.toBe(runColour(4))
})

test('a run that is there twice has one look', () => {
  expect(runStyles([3, 3]).size).toBe(1)
})
