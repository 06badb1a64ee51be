import { describe, expect, it } from 'vitest'
import { drawPrior, sampleCode } from '../../src/latent.js'

const dimension = (index: number, standardDeviation: number) => ({ index, minimum: -2, maximum: 2, mean: 0.5, standardDeviation })

describe('a random code', () => {
  const dimensions = Array.from({ length: 200 }, (_, index) => dimension(index, 0.5))

  it('is the same for the same seed and differs for another', () => {
    expect(sampleCode(dimensions, 1)).toEqual(sampleCode(dimensions, 1))
    expect(sampleCode(dimensions, 1)).not.toEqual(sampleCode(dimensions, 2))
  })

  it('has the distribution of the codes and stays in their range', () => {
    const code = sampleCode(dimensions, 7)
    const mean = code.reduce((sum, value) => sum + value, 0) / code.length
    expect(mean).toBeCloseTo(0.5, 0)
    expect(Math.min(...code)).toBeGreaterThanOrEqual(-2)
    expect(Math.max(...code)).toBeLessThanOrEqual(2)
  })
})

describe('codes of a prior', () => {
  const codes = drawPrior({ seed: 3, count: 2000, size: 2 })
  const mean = codes.reduce((sum, value) => sum + value, 0) / codes.length

  it('are standard normal, and the same for the same seed', () => {
    expect(codes).toHaveLength(4000)
    expect(Math.abs(mean)).toBeLessThan(0.05)
    expect(codes.reduce((sum, value) => sum + (value - mean) ** 2, 0) / codes.length).toBeCloseTo(1, 1)
    expect(drawPrior({ seed: 3, count: 2000, size: 2 })).toEqual(codes)
    expect(drawPrior({ seed: 4, count: 2000, size: 2 })).not.toEqual(codes)
  })
})
