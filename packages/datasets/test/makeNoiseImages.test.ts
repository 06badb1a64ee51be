import { expect, test } from 'vitest'
import { createRandom, makeNoiseImages } from '../src/index.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'

test('each pixel is the upper byte of a draw of its own, however many images are made', () => {
  const { values, labels } = makeNoiseImages({ count: 1200, seed: 4, stream: 'some' })
  expect([values.length, new Set(labels).size]).toEqual([1200 * 784, 1])
  const random = createRandom(4, 'noise/some')
  for (let index = 0; index < values.length; index += 997) expect(values[index]).toBe(random.bits(index) >>> 24)
  expect(makeNoiseImages({ count: 3, seed: 4, stream: 'some' }).values).toEqual(values.slice(0, 3 * 784))
})

test('all grey levels are equally likely, and neighbours are uncorrelated', () => {
  const { values } = makeNoiseImages({ count: 2000, seed: 0 })
  const counts = new Float64Array(256)
  let product = 0
  for (const [index, value] of values.entries()) {
    counts[value] = (counts[value] ?? 0) + 1
    product += (value - 127.5) * ((values[index - 1] ?? 127.5) - 127.5)
  }
  const expected = values.length / 256
  const chiSquared = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // 255 degrees of freedom: mean 255, standard deviation √510 = 22.6.
  expect(Math.abs(chiSquared - 255)).toBeLessThan(5 * 22.6)
  const variance = (256 ** 2 - 1) / 12
  expect(Math.abs(product / values.length / variance)).toBeLessThan(5 / Math.sqrt(values.length))
})

test('training and test images differ, and counts that are not whole are refused', async () => {
  expect(makeNoiseImages({ count: 1, seed: 0 }).values).not.toEqual(makeNoiseImages({ count: 1, seed: 0, stream: 'test' }).values)
  for (const count of [-1, 0.5]) {
    expect(await datasetErrorOf(() => makeNoiseImages({ count, seed: 0 }))).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'count' })
  }
})
