import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Corruption, Corruptor, corruptionKinds, createRandom } from '../src/index.js'
import { datasetErrorOf } from './support/datasetErrorOf.js'

const corruptions: readonly Corruption[] = [
  { kind: 'masking', probability: 0.3 },
  { kind: 'gaussian', standardDeviation: 0.4 },
  { kind: 'uniform', amplitude: 0.5 },
  { kind: 'saltAndPepper', probability: 0.4 },
]

const ramp = (length: number) => Float32Array.from({ length }, (_, index) => 0.25 + ((index * 37) % 101) / 202)

/** What becomes of value `index` of a stream, computed one by one in float64. */
function corruptValue(corruption: Corruption, value: number, index: number, random: ReturnType<typeof createRandom>): number {
  const u = random.uniform(index)
  switch (corruption.kind) {
    case 'masking':
      return u < corruption.probability ? 0 : value
    case 'gaussian':
      return value + corruption.standardDeviation * random.normal(index)
    case 'uniform':
      return value + Math.fround(-corruption.amplitude + 2 * corruption.amplitude * u)
    case 'saltAndPepper':
      return u < corruption.probability / 2 ? 0 : u < corruption.probability ? 1 : value
  }
}

describe.each(corruptions)('$kind noise', (corruption) => {
  test('follows its formula for examples of any size at any position', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 0, max: 5 }),
        fc.nat({ max: 10 ** 9 }),
        (exampleSize, count, position) => {
          const random = createRandom(5, 'formula')
          const examples = ramp(count * exampleSize)
          const corrupted = new Corruptor({ corruption, exampleSize, batchSize: 5 }).corrupt(examples, random, position)
          expect(corrupted).toHaveLength(examples.length)
          for (const [index, value] of examples.entries()) {
            const expected = Math.fround(corruptValue(corruption, value, position * exampleSize + index, random))
            if (corruption.kind === 'gaussian') expect(Math.abs((corrupted[index] ?? 0) - expected)).toBeLessThan(2e-6)
            else expect(corrupted[index]).toBe(expected)
          }
        },
      ),
      { seed: 6 },
    )
  })

  test('is the same in batches of any size, and differs between streams and positions', () => {
    const [exampleSize, count] = [7, 40]
    const examples = ramp(exampleSize * count)
    const corruptor = new Corruptor({ corruption, exampleSize, batchSize: count })
    const random = createRandom(5, 'corruption/epoch/1')
    const whole = corruptor.corrupt(examples, random, 0).slice()
    for (const batchSize of [1, 3, 16]) {
      for (let start = 0; start < count; start += batchSize) {
        const batch = examples.subarray(start * exampleSize, (start + batchSize) * exampleSize)
        expect(corruptor.corrupt(batch, random, start)).toEqual(whole.subarray(start * exampleSize, (start + batchSize) * exampleSize))
      }
    }
    expect(corruptor.corrupt(examples, createRandom(5, 'corruption/epoch/2'), 0)).not.toEqual(whole)
    expect(corruptor.corrupt(examples, random, count)).not.toEqual(whole)
  })

  test('leaves its examples as they are and refills one array for each batch size', () => {
    const corruptor = new Corruptor({ corruption, exampleSize: 2, batchSize: 3 })
    const examples = Float32Array.of(0.5, 0.25, 0.75, 0.5)
    const random = createRandom(1, 'array')
    const corrupted = corruptor.corrupt(examples, random, 0)
    expect(corruptor.corrupt(examples, random, 2)).toBe(corrupted)
    expect([...examples]).toEqual([0.5, 0.25, 0.75, 0.5])
    expect(corruptor.corrupt(Float32Array.of(1, 2), random, 0)).toHaveLength(2)
    expect(corruptor.corrupt(new Float32Array(0), random, 0)).toHaveLength(0)
  })

  test('changes as many values, by as much, as it says', () => {
    const length = 784 * 500
    const examples = new Float32Array(length).fill(0.5)
    const corruptor = new Corruptor({ corruption, exampleSize: 784, batchSize: 500 })
    const corrupted = corruptor.corrupt(examples, createRandom(8, 'share'), 0)
    const share = (chosen: (value: number) => boolean) => corrupted.filter(chosen).length / length
    const meanSquare = corrupted.reduce((sum, value) => sum + (value - 0.5) ** 2, 0) / length
    const expected = { masking: 0.3 / 4, gaussian: 0.4 ** 2, uniform: 0.5 ** 2 / 3, saltAndPepper: 0.4 / 4 }[corruption.kind]
    expect(meanSquare).toBeCloseTo(expected, 2)
    if (corruption.kind === 'masking') expect(share((value) => value === 0)).toBeCloseTo(0.3, 2)
    if (corruption.kind !== 'saltAndPepper') return
    expect(share((value) => value === 0)).toBeCloseTo(0.2, 2)
    expect(share((value) => value === 1)).toBeCloseTo(0.2, 2)
  })
})

test.each([
  [{ kind: 'masking', probability: 0 } as const, [0.25, 0.75]],
  [{ kind: 'masking', probability: 1 } as const, [0, 0]],
  [{ kind: 'saltAndPepper', probability: 0 } as const, [0.25, 0.75]],
  [{ kind: 'gaussian', standardDeviation: 0 } as const, [0.25, 0.75]],
  [{ kind: 'uniform', amplitude: 0 } as const, [0.25, 0.75]],
])('%o at an end of its range makes %o of 0.25 and 0.75', (corruption, expected) => {
  const corruptor = new Corruptor({ corruption, exampleSize: 2, batchSize: 1 })
  expect([...corruptor.corrupt(Float32Array.of(0.25, 0.75), createRandom(2, 'ends'), 0)]).toEqual(expected)
})

test('salt and pepper of probability 1 leaves nothing but 0 and 1', () => {
  const corruptor = new Corruptor({ corruption: { kind: 'saltAndPepper', probability: 1 }, exampleSize: 100, batchSize: 1 })
  expect(new Set(corruptor.corrupt(ramp(100), createRandom(2, 'ends'), 0))).toEqual(new Set([0, 1]))
})

test('corruptions out of range are refused by name', async () => {
  const make = (corruption: Corruption) => datasetErrorOf(() => new Corruptor({ corruption, exampleSize: 1, batchSize: 1 }))
  for (const value of [-0.1, 1.1, Number.NaN]) {
    expect(await make({ kind: 'masking', probability: value })).toMatchObject({ code: 'INVALID_ARGUMENT', subject: 'probability' })
    expect(await make({ kind: 'saltAndPepper', probability: value })).toMatchObject({ subject: 'probability' })
  }
  for (const value of [-0.1, Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(await make({ kind: 'gaussian', standardDeviation: value })).toMatchObject({ subject: 'standardDeviation' })
    expect(await make({ kind: 'uniform', amplitude: value })).toMatchObject({ subject: 'amplitude' })
  }
  expect(await make({ kind: 'blur' } as unknown as Corruption)).toMatchObject({
    message: expect.stringContaining(`one of ${corruptionKinds.join(', ')}, found blur`),
  })
})

test('batches that are too large, that end within an example, or at no position are refused', async () => {
  const corruptor = new Corruptor({ corruption: { kind: 'masking', probability: 0.5 }, exampleSize: 3, batchSize: 2 })
  const random = createRandom(1, 'refused')
  for (const length of [9, 4]) {
    expect(await datasetErrorOf(() => corruptor.corrupt(new Float32Array(length), random, 0))).toMatchObject({
      code: 'INVALID_ARGUMENT',
      found: `${length} values`,
    })
  }
  for (const position of [-1, 0.5, 2 ** 53]) {
    expect(await datasetErrorOf(() => corruptor.corrupt(new Float32Array(3), random, position))).toMatchObject({ code: 'INVALID_ARGUMENT' })
  }
})
