import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CounterRandom, createRandom, type Distribution, RandomBuffer } from '../src/index.js'
import { randomErrorOf } from './support/randomErrorOf.js'
import { mean, variance } from './support/statistics.js'

const CAPACITY = 300
const keys = fc.tuple(fc.nat(0xffffffff), fc.nat(0xffffffff)).map((words) => Uint32Array.from(words))
const offsets = fc.oneof(
  fc.nat({ max: 100 }),
  fc.maxSafeNat().map((offset) => Math.max(0, offset - CAPACITY)),
  // Where the number of the block outgrows one word.
  fc.nat({ max: CAPACITY }).map((before) => 2 ** 34 - before),
)
const lengths = fc.nat({ max: CAPACITY })
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true })
const standardNormal: Distribution = { kind: 'normal', mean: 0, standardDeviation: 1 }

/** Asserts that two arrays are equal to the last bit, the sign of zero included. */
function expectSameBits(values: Float32Array, expected: Float32Array): void {
  expect(new Uint32Array(values.slice().buffer)).toEqual(new Uint32Array(expected.slice().buffer))
}

describe('uniform draws', () => {
  test('have the bits of fillUniform for any key, offset, length and range', () => {
    fc.assert(
      fc.property(keys, offsets, lengths, finite, finite, (key, offset, count, low, high) => {
        const random = new CounterRandom(key)
        const expected = new Float32Array(count)
        random.fillUniform(expected, { low, high, offset })
        const buffer = new RandomBuffer({ distribution: { kind: 'uniform', low, high }, capacity: CAPACITY })
        expectSameBits(buffer.draw(random, { count, offset }), expected)
      }),
      { seed: 1 },
    )
  })
})

describe('normal draws', () => {
  // 1e6 draws: radii up to 5.4, so 2e-6 is four units in the last place of the largest.
  test('are those of fillNormal, which computes in float64, within 2e-6 standard deviations', () => {
    const count = 1_000_000
    const buffer = new RandomBuffer({ distribution: standardNormal, capacity: count })
    const expected = new Float32Array(count)
    for (const offset of [0, 5, 2 ** 34 - 1001]) {
      const random = createRandom(3, 'normal')
      random.fillNormal(expected, { offset })
      const errors = buffer.draw(random, { count, offset }).map((value, index) => Math.abs(value - (expected[index] ?? 0)))
      expect(errors.reduce((largest, error) => Math.max(largest, error), 0)).toBeLessThan(2e-6)
    }
  })

  test('are scaled and shifted', () => {
    fc.assert(
      fc.property(keys, offsets, fc.double({ min: -3, max: 3, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }), (...drawn) => {
        const [key, offset, center, standardDeviation] = drawn
        const random = new CounterRandom(key)
        const expected = new Float32Array(10)
        random.fillNormal(expected, { mean: center, standardDeviation, offset })
        const buffer = new RandomBuffer({ distribution: { kind: 'normal', mean: center, standardDeviation }, capacity: 10 })
        for (const [index, value] of buffer.draw(random, { count: 10, offset }).entries()) {
          expect(Math.abs(value - (expected[index] ?? 0))).toBeLessThan(2e-6 * (standardDeviation + Math.abs(center)) + 1e-12)
        }
      }),
      { seed: 2 },
    )
  })

  test('have the moments, the tails and the independence of the standard normal distribution', () => {
    const count = 2_000_000
    const values = new RandomBuffer({ distribution: standardNormal, capacity: count }).draw(createRandom(1, 'tails'), { count })
    // Each tolerance is five standard errors: the k-th moment has the variance (2k - 1)!! - ((k - 1)!!)² over the count, odd k without the square.
    const fiveErrors = (momentVariance: number) => 5 * Math.sqrt(momentVariance / count)
    expect(Math.abs(mean(values))).toBeLessThan(fiveErrors(1))
    expect(Math.abs(variance(values) - 1)).toBeLessThan(fiveErrors(2))
    expect(Math.abs(mean(values.map((value) => value ** 3)))).toBeLessThan(fiveErrors(15))
    expect(Math.abs(mean(values.map((value) => value ** 4)) - 3)).toBeLessThan(fiveErrors(96))
    // P(|z| > limit), to ten digits.
    for (const [limit, share] of [
      [1, 0.3173105079],
      [2, 0.0455002639],
      [3, 0.0026997961],
      [4, 0.0000633425],
    ] as const) {
      const beyond = values.filter((value) => Math.abs(value) > limit).length / count
      expect(Math.abs(beyond - share)).toBeLessThan(fiveErrors(share * (1 - share)))
    }
    for (const distance of [1, 2, 3, 4, 8, 32]) {
      expect(Math.abs(mean(values.map((value, index) => value * (values[index - distance] ?? 0))))).toBeLessThan(fiveErrors(1))
    }
  })

  test('are exact where the logarithm is near 0 and where it is largest', () => {
    const random = createRandom(9, 'ends')
    const radius = (index: number) => Math.hypot(random.normal(4 * index), random.normal(4 * index + 1))
    const sorted = Array.from({ length: 400_000 }, (_, index) => ({ index, radius: radius(index) })).sort((a, b) => a.radius - b.radius)
    const buffer = new RandomBuffer({ distribution: standardNormal, capacity: 2 })
    for (const { index, radius: expected } of [...sorted.slice(0, 50), ...sorted.slice(-50)]) {
      const [x = 0, y = 0] = buffer.draw(random, { count: 2, offset: 4 * index })
      expect(Math.abs(Math.hypot(x, y) / expected - 1)).toBeLessThan(5e-7)
    }
  })
})

describe.each([
  { kind: 'uniform', low: -1, high: 2 },
  { kind: 'normal', mean: 0, standardDeviation: 1 },
] as const)('$kind draws', (distribution) => {
  test('of a range are the same however they are cut into pieces', () => {
    fc.assert(
      fc.property(offsets, fc.array(fc.nat({ max: 60 }), { maxLength: 5 }), (offset, pieces) => {
        const random = createRandom(7, 'pieces')
        const buffer = new RandomBuffer({ distribution, capacity: CAPACITY })
        const count = pieces.reduce((sum, piece) => sum + piece, 0)
        const whole = buffer.draw(random, { count, offset }).slice()
        let drawn = 0
        for (const piece of pieces) {
          expectSameBits(buffer.draw(random, { count: piece, offset: offset + drawn }), whole.subarray(drawn, drawn + piece))
          drawn += piece
        }
      }),
      { seed: 4 },
    )
  })

  test('of two streams that take turns are those of each', () => {
    const buffer = new RandomBuffer({ distribution, capacity: 8 })
    const [one, two] = [createRandom(1, 'one'), createRandom(1, 'two')]
    const first = buffer.draw(one, { count: 8 }).slice()
    const second = buffer.draw(two, { count: 8 }).slice()
    expect(second).not.toEqual(first)
    expect(buffer.draw(one, { count: 8 })).toEqual(first)
  })

  test('of one count are always in the same array', () => {
    const buffer = new RandomBuffer({ distribution, capacity: 8 })
    const random = createRandom(1, 'array')
    const values = buffer.draw(random, { count: 5 })
    expect(buffer.draw(random, { count: 5, offset: 5 })).toBe(values)
    expect(buffer.draw(random, { count: 8 })).toHaveLength(8)
  })

  test('beyond the capacity, or from an offset that there is not, are refused', async () => {
    const buffer = new RandomBuffer({ distribution, capacity: 8 })
    const random = createRandom(1, 'refused')
    for (const count of [9, -1, 0.5]) {
      expect(randomErrorOf(() => buffer.draw(random, { count }))).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'count' })
    }
    for (const offset of [-1, 0.5, 2 ** 53]) {
      expect(randomErrorOf(() => buffer.draw(random, { count: 1, offset }))).toMatchObject({ code: 'INVALID_ARGUMENT' })
    }
  })
})

test('a distribution that is not finite is refused by the name of its parameter', async () => {
  const make = (distribution: Distribution) => randomErrorOf(() => new RandomBuffer({ distribution, capacity: 1 }))
  expect(await make({ kind: 'uniform', low: 0, high: Number.POSITIVE_INFINITY })).toMatchObject({ subject: 'high' })
  expect(await make({ kind: 'normal', mean: 0, standardDeviation: Number.NaN })).toMatchObject({ subject: 'standardDeviation' })
})
