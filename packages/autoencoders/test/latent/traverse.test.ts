import { describe, expect, it } from 'vitest'
import { principalDirections, traverse } from '../../src/latent.js'

const spread = (index: number, mean: number, standardDeviation: number) => ({
  index,
  mean,
  standardDeviation,
  minimum: mean - 3 * standardDeviation,
  maximum: mean + 3 * standardDeviation,
})

describe('a traversal', () => {
  // Codes on the line through (1, 2) in the direction (3, 4) / 5, the middle one nearest to the mean.
  const along = [-10, -5, 0, 5, 10]
  const codes = Float32Array.from(along.flatMap((distance) => [1 + 0.6 * distance, 2 + 0.8 * distance]))
  const deviation = Math.sqrt(50)
  // The codes of training examples vary across those of test examples.
  const trainingCodes = Float32Array.from(along.flatMap((distance) => [1 + 0.8 * distance, 2 - 0.6 * distance]))
  const { units, directions } = traverse({
    codes,
    trainingCodes,
    principal: principalDirections(trainingCodes, { size: 2, wanted: 2 }),
    dimensions: [spread(0, 1, 0.6 * deviation), spread(1, 2, 0.8 * deviation)],
    wanted: 2,
    steps: 3,
    reach: 2,
  })

  it('moves one dimension of a typical code around its mean, and leaves the rest', () => {
    const [first] = units
    expect(first?.name).toBe('z2')
    expect([...(first?.codes ?? [])].map((value) => Number(value.toFixed(3)))).toEqual(
      [1, 2 - 1.6 * deviation, 1, 2, 1, 2 + 1.6 * deviation].map((value) => Number(value.toFixed(3))),
    )
  })

  it('moves it along the direction in which the codes of training examples vary most', () => {
    const [first] = directions
    expect(first?.name).toBe('PC 1')
    const [x = 0, y = 0, atX = 0, atY = 0] = first?.codes ?? []
    expect([atX, atY]).toEqual([expect.closeTo(1, 4), expect.closeTo(2, 4)])
    expect(Math.hypot(x - 1, y - 2)).toBeCloseTo(2 * deviation, 3)
    expect(Math.abs((y - 2) / (x - 1))).toBeCloseTo(3 / 4, 3)
  })
})
