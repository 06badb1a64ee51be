import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shuffledIndices } from '../src/shuffledIndices.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'

const counting = (count: number) => Uint32Array.from({ length: count }, (_, index) => index)

test('a shuffle holds every index once and repeats itself for the same seed and stream', () => {
  fc.assert(
    fc.property(fc.nat({ max: 300 }), fc.maxSafeInteger(), fc.string(), (count, seed, stream) => {
      const shuffled = shuffledIndices(count, { seed, stream })
      expect(shuffled.toSorted()).toEqual(counting(count))
      expect(shuffledIndices(count, { seed, stream })).toEqual(shuffled)
    }),
  )
})

test('every epoch and every seed has an order of its own', () => {
  const orders = [1, 2].flatMap((seed) => [1, 2, 3].map((epoch) => shuffledIndices(1000, { seed, stream: `epoch/${epoch}` }).join()))
  expect(new Set(orders).size).toBe(6)
})

test('all orders of four come up equally often', () => {
  const tally = new Map<string, number>()
  const draws = 24_000
  for (let seed = 0; seed < draws; seed++) {
    const order = shuffledIndices(4, { seed, stream: 'fair' }).join()
    tally.set(order, (tally.get(order) ?? 0) + 1)
  }
  expect(tally.size).toBe(24)
  const chiSquared = [...tally.values()].reduce((sum, seen) => sum + (seen - draws / 24) ** 2 / (draws / 24), 0)
  expect(chiSquared).toBeLessThan(41.6) // 99th percentile with 23 degrees of freedom
})

test.each([-1, 2.5, Number.NaN, 2 ** 40])('count %d is refused by name', async (count) => {
  const error = await datasetErrorOf(() => shuffledIndices(count, { seed: 0, stream: 'x' }))
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'count', found: String(count) })
})
