import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CounterRandom, createRandom } from '../src/CounterRandom.js'
import { fnv1a64, streamKey } from '../src/streamKey.js'
import { randomErrorOf } from './support/randomErrorOf.js'
import { kolmogorovSmirnov, mean, variance } from './support/statistics.js'

const offsets = fc.oneof(
  fc.nat({ max: 100 }),
  fc.maxSafeNat().map((offset) => Math.max(0, offset - 100)),
)

describe('addressing by counter', () => {
  test('the words of block 0 under key 0 are the published known answer', () => {
    const random = new CounterRandom(Uint32Array.of(0, 0))
    expect([0, 1, 2, 3].map((index) => random.bits(index))).toEqual([0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8])
  })

  test('filling from any offset gives what drawing one by one gives, in any order', () => {
    fc.assert(
      fc.property(offsets, fc.nat({ max: 20 }), (offset, length) => {
        const random = createRandom(3, 'test')
        const bits = new Uint32Array(length)
        const uniform = new Float32Array(length)
        const normal = new Float32Array(length)
        random.fillBits(bits, { offset })
        random.fillUniform(uniform, { low: -2, high: 3, offset })
        random.fillNormal(normal, { mean: 1, standardDeviation: 2, offset })
        for (let i = length - 1; i >= 0; i--) {
          expect(bits[i]).toBe(random.bits(offset + i))
          expect(uniform[i]).toBe(Math.fround(-2 + 5 * random.uniform(offset + i)))
          expect(normal[i]).toBe(Math.fround(1 + 2 * random.normal(offset + i)))
        }
      }),
    )
  })

  test('draws beyond 2^34, where the block number outgrows one word, differ from those at the start', () => {
    const random = createRandom(3, 'test')
    expect(random.bits(2 ** 34)).not.toBe(random.bits(0))
    expect(random.bits(2 ** 34 + 5)).toBe(createRandom(3, 'test').bits(2 ** 34 + 5))
  })

  test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('index %d is refused by name', async (index) => {
    const random = createRandom(0, 'test')
    for (const draw of [() => random.bits(index), () => random.uniform(index), () => random.normal(index)]) {
      expect(randomErrorOf(draw)).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'index', found: String(index) })
    }
    expect(randomErrorOf(() => random.fillNormal(new Float32Array(1), { offset: index }))).toMatchObject({ subject: 'offset' })
  })
})

describe('distributions', () => {
  const count = 200_000

  test('uniform draws lie in [0, 1) with the moments and the cumulative distribution of the uniform distribution', () => {
    const values = new Float32Array(count)
    createRandom(1, 'uniform').fillUniform(values)
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    expect(mean(values)).toBeCloseTo(1 / 2, 2)
    expect(variance(values)).toBeCloseTo(1 / 12, 3)
    expect(kolmogorovSmirnov(values, (x) => x)).toBeLessThan(1.36 / Math.sqrt(count))
  })

  test('normal draws have the moments of the standard normal distribution and neighbours are uncorrelated', () => {
    const values = new Float32Array(count)
    createRandom(1, 'normal').fillNormal(values)
    expect(values.every(Number.isFinite)).toBe(true)
    expect(mean(values)).toBeCloseTo(0, 2)
    expect(variance(values)).toBeCloseTo(1, 2)
    expect(mean(values.map((value) => value ** 3))).toBeLessThan(0.03)
    expect(mean(values.map((value) => value ** 4))).toBeCloseTo(3, 1)
    expect(mean(values.map((value, i) => value * (values[i - 1] ?? 0)))).toBeCloseTo(0, 2)
    const within = (limit: number) => values.filter((value) => Math.abs(value) < limit).length / count
    expect(within(1)).toBeCloseTo(0.6827, 2)
    expect(within(2)).toBeCloseTo(0.9545, 2)
    expect(within(3)).toBeCloseTo(0.9973, 3)
  })

  test('normal and uniform draws of one stream are uncorrelated', () => {
    const random = createRandom(1, 'both')
    const uniform = new Float32Array(count)
    const normal = new Float32Array(count)
    random.fillUniform(uniform, { low: -1 })
    random.fillNormal(normal)
    expect(mean(uniform.map((value, i) => value * (normal[i] ?? 0)))).toBeCloseTo(0, 2)
  })
})

describe('streams', () => {
  // From the reference implementation's test vectors (draft-eastlake-fnv, appendix C).
  test.each([
    ['', 0xcbf29ce484222325n],
    ['a', 0xaf63dc4c8601ec8cn],
    ['foobar', 0x85944171f73967e8n],
  ])('FNV-1a of %j is the published hash', (text, hash) => {
    expect(fnv1a64(new TextEncoder().encode(text))).toBe(hash)
  })

  test('a key is the hash of seed, slash and stream, low word first', () => {
    const hash = fnv1a64(new TextEncoder().encode('42/epoch/7'))
    const [low = 0, high = 0] = streamKey(42, 'epoch/7')
    expect((BigInt(high) << 32n) | BigInt(low)).toBe(hash)
  })

  test('different seeds and different streams give different numbers, the same ones the same', () => {
    const names = [0, 1, -1, 2 ** 40].flatMap((seed) => ['', 'a', 'epoch/1', 'epoch/11', 'Ω'].map((stream) => ({ seed, stream })))
    const firsts = names.map(({ seed, stream }) => createRandom(seed, stream).bits(0))
    expect(new Set(firsts).size).toBe(names.length)
    expect(names.map(({ seed, stream }) => createRandom(seed, stream).bits(0))).toEqual(firsts)
  })

  test.each([0.5, Number.NaN, 2 ** 53])('seed %d is refused by name', async (seed) => {
    expect(randomErrorOf(() => createRandom(seed, 'x'))).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'seed' })
  })

  // Guards every stored run: a change of these numbers changes what a seed means.
  test('the numbers of a seed stay what they are', () => {
    const random = createRandom(42, 'epoch/7')
    expect([0, 1, 2, 3, 4].map((index) => random.bits(index))).toMatchInlineSnapshot(`
      [
        598084548,
        2362846154,
        3279358618,
        1776728609,
        2841237952,
      ]
    `)
    expect([0, 1, 2].map((index) => random.normal(index).toFixed(12))).toMatchInlineSnapshot(`
      [
        "-0.020614903530",
        "-1.463136386796",
        "0.230154246846",
      ]
    `)
  })
})
