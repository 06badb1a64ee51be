import { describe, expect, it } from 'vitest'
import { CodeStatistics } from '../../src/training/CodeStatistics.js'

describe('CodeStatistics', () => {
  it('describes each dimension over all batches, without losing precision far from zero', () => {
    const statistics = new CodeStatistics(2)
    statistics.add(Float32Array.of(1, 1e6 + 1, 2, 1e6 + 2))
    statistics.add(Float32Array.of(6, 1e6 + 6))
    expect(statistics.dimensions()).toEqual([
      { index: 0, minimum: 1, maximum: 6, mean: 3, standardDeviation: expect.closeTo(Math.sqrt(14 / 3), 12) },
      { index: 1, minimum: 1e6 + 1, maximum: 1e6 + 6, mean: 1e6 + 3, standardDeviation: expect.closeTo(Math.sqrt(14 / 3), 8) },
    ])
  })
})
