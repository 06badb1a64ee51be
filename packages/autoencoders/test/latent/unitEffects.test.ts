import { describe, expect, it } from 'vitest'
import { unitEffects } from '../../src/latent.js'

/** Decodes z to [z₁, z₁ + 2 z₂]. */
const linear = {
  decode: async (codes: Float32Array, count: number) =>
    Float32Array.from({ length: count * 2 }, (_, index) => {
      const [a = 0, b = 0] = codes.subarray(2 * Math.floor(index / 2))
      return index % 2 === 0 ? a : a + 2 * b
    }),
}
const spread = (index: number, mean: number, standardDeviation: number) => ({
  index,
  mean,
  standardDeviation,
  minimum: mean - 3 * standardDeviation,
  maximum: mean + 3 * standardDeviation,
})

describe('what a unit adds', () => {
  it('is the change of the reconstruction by one standard deviation, the units that vary most first', async () => {
    const [first, second] = await unitEffects(linear, { dimensions: [spread(0, 5, 1), spread(1, -3, 4)], wanted: 10 })
    expect(first).toMatchObject({ unit: { index: 1 }, effect: Float32Array.of(0, 8) })
    expect(second).toMatchObject({ unit: { index: 0 }, effect: Float32Array.of(1, 1) })
  })

  it('is left out where the unit never varies', async () => {
    expect(await unitEffects(linear, { dimensions: [spread(0, 5, 1), spread(1, 0, 0)], wanted: 10 })).toHaveLength(1)
  })
})
