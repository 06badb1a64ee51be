import { expect } from 'vitest'

/** Draws the same numbers for the same seed (mulberry32), uniform in [low, high). */
export function numbersFrom(seed: number): (low: number, high: number) => number {
  let state = seed >>> 0
  return (low, high) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return low + (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * (high - low)
  }
}

export function uniformArray(seed: number, length: number, low = -1, high = 1): Float32Array {
  const draw = numbersFrom(seed)
  return Float32Array.from({ length }, () => draw(low, high))
}

/** Fails where |actual - expected| / (1 + |expected|) exceeds the tolerance; NaN and infinities must be the same. */
export function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): void {
  expect(actual.length).toBe(expected.length)
  let [worst, where] = [0, 0]
  for (let index = 0; index < expected.length; index++) {
    const [a, e] = [actual[index] ?? Number.NaN, expected[index] ?? Number.NaN]
    const difference = Object.is(a, e) || a === e ? 0 : Math.abs(a - e) / (1 + Math.abs(e))
    if (difference > worst || Number.isNaN(difference)) [worst, where] = [difference, index]
    if (Number.isNaN(worst)) break
  }
  const message = `element ${where}: ${actual[where]} instead of ${expected[where]}`
  expect(worst, message).toBeLessThanOrEqual(tolerance)
}
