import { describe, expect, it } from 'vitest'
import { orderDimensions } from '../../src/latent.js'

describe('dimensions', () => {
  const dimensions = [0.1, 3, 0.1, 1].map((standardDeviation, index) => ({ index, minimum: -2, maximum: 2, mean: 0.5, standardDeviation }))

  it('are ordered by how much they vary, equal ones by index', () => {
    expect(orderDimensions(dimensions, 'variation').map(({ index }) => index)).toEqual([1, 3, 0, 2])
    expect(orderDimensions(dimensions, 'index').map(({ index }) => index)).toEqual([0, 1, 2, 3])
  })
})
