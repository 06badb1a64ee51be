import { describe, expect, it } from 'vitest'
import { corruptExample, fillIn, type LatentModel, noiseLevelOf, shareBelow } from '../../src/latent.js'

const example = Float32Array.from({ length: 1000 }, (_, at) => (at % 10) / 10)

describe('noise that is chosen by hand', () => {
  it('is the same for the same seed, of its level, and none at 0', () => {
    const noisy = corruptExample(example, { kind: 'gaussian', level: 0.5, seed: 1 })
    expect(corruptExample(example, { kind: 'gaussian', level: 0.5, seed: 1 })).toEqual(noisy)
    expect(corruptExample(example, { kind: 'gaussian', level: 0.5, seed: 2 })).not.toEqual(noisy)
    const deviation = Math.sqrt(noisy.reduce((sum, value, at) => sum + (value - (example[at] as number)) ** 2, 0) / 1000)
    expect(deviation).toBeCloseTo(0.5, 1)
    expect(corruptExample(example, { kind: 'masking', level: 0, seed: 1 })).toEqual(example)
    const hidden = corruptExample(
      example.map(() => 1),
      { kind: 'masking', level: 0.3, seed: 1 },
    )
    expect(hidden.filter((value) => value === 0).length / 1000).toBeCloseTo(0.3, 1)
  })

  it('grows with its level where it was', () => {
    const [little, much] = [0.1, 0.4].map((level) => corruptExample(example, { kind: 'uniform', level, seed: 1 }))
    const ratio = ((much?.[3] ?? 0) - (example[3] as number)) / ((little?.[3] ?? 0) - (example[3] as number))
    expect(ratio).toBeCloseTo(4, 2)
  })

  it('is read from what a run was trained with', () => {
    expect(noiseLevelOf({ kind: 'none' })).toBeNull()
    expect(noiseLevelOf({ kind: 'gaussian', standardDeviation: 0.3 })).toEqual({ kind: 'gaussian', level: 0.3 })
    expect(noiseLevelOf({ kind: 'uniform', amplitude: 0.2 })).toEqual({ kind: 'uniform', level: 0.2 })
    expect(noiseLevelOf({ kind: 'saltAndPepper', probability: 0.1 })).toEqual({ kind: 'saltAndPepper', level: 0.1 })
  })
})

it('fills in what is missing, and leaves the rest as it is', async () => {
  // Reconstructs each value as the mean of all.
  const model: LatentModel = {
    encode: async (values) => Float32Array.of(values.reduce((sum, value) => sum + value, 0) / values.length),
    decode: async (code) => new Float32Array(4).fill(code[0] as number),
  }
  const filled = await fillIn(model, {
    example: Float32Array.of(0.2, 0.4, 0.9, 0.9),
    missing: Uint8Array.of(0, 0, 1, 1),
    start: new Float32Array(4),
    iterations: 40,
  })
  expect(Array.from(filled, (value) => Number(value.toFixed(4)))).toEqual([0.2, 0.4, 0.3, 0.3])
})

it('says which share of errors is below another', () => {
  expect(shareBelow(2, [1, 2, 3, 4])).toBe(0.375)
  expect(shareBelow(9, [1, 2])).toBe(1)
  expect(shareBelow(0, [1, 2])).toBe(0)
  expect(shareBelow(0, [])).toBeNaN()
})
