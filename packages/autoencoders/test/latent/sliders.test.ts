import { describe, expect, it } from 'vitest'
import {
  codeRange,
  drawPrior,
  explainedVariance,
  meanCode,
  meanDifference,
  orderDimensions,
  rowsOfClass,
  unitStates,
} from '../../src/latent.js'

const spreadOf = (index: number, standardDeviation: number, reach = 2 * standardDeviation) => ({
  index,
  minimum: 0.5 - reach,
  maximum: 0.5 + reach,
  mean: 0.5,
  standardDeviation,
})

describe('units of a code', () => {
  it('are dead where they are the same for all examples, and collapsed where they hardly vary', () => {
    const units = [1, 0.05, 0, 0.2].map((deviation, index) => spreadOf(index, deviation))
    expect(unitStates(units, true)).toEqual(['active', 'collapsed', 'dead', 'active'])
    // Without a prior the scale is that of the unit that varies most.
    const small = units.map((unit) => spreadOf(unit.index, unit.standardDeviation / 100))
    expect(unitStates(small, false)).toEqual(['active', 'collapsed', 'dead', 'active'])
    expect(unitStates(small, true)).toEqual(['collapsed', 'collapsed', 'dead', 'collapsed'])
    expect(unitStates([spreadOf(0, 0)], false)).toEqual(['dead'])
  })

  it('are ordered by their divergence from the prior', () => {
    const units = [0.1, 2, null, 0.7].map((divergence, index) => ({ ...spreadOf(index, 1), divergence }))
    expect(orderDimensions(units, 'divergence').map(({ index }) => index)).toEqual([1, 3, 0, 2])
  })
})

describe('the range of a slider', () => {
  const spread = spreadOf(0, 1, 3)

  it('is that of the codes, of the middle 98 % of them, or two standard deviations', () => {
    expect(codeRange(spread, 'extremes', { along: null })).toEqual({ minimum: -2.5, maximum: 3.5 })
    expect(codeRange(spread, 'deviations', { along: null })).toEqual({ minimum: -1.5, maximum: 2.5 })
    const along = Float32Array.from({ length: 101 }, (_, index) => (index * 37) % 101)
    expect(codeRange(spread, 'quantiles', { along })).toEqual({ minimum: 1, maximum: 99 })
    expect(codeRange(spread, 'quantiles', { along: null })).toEqual({ minimum: -2.5, maximum: 3.5 })
  })

  it('is that of the prior, of which a hundredth lies beyond each end', () => {
    const { minimum, maximum } = codeRange(spread, 'prior', { along: null })
    const draws = drawPrior({ seed: 3, count: 200_000, size: 1 })
    expect(draws.filter((value) => value < minimum).length / draws.length).toBeCloseTo(0.01, 3)
    expect(draws.filter((value) => value > maximum).length / draws.length).toBeCloseTo(0.01, 3)
    expect(codeRange(spread, 'prior', { along: null, origin: 4, priorDeviation: 0.5 })).toEqual({
      minimum: 4 - maximum / 2,
      maximum: 4 + maximum / 2,
    })
  })
})

describe('directions between means', () => {
  const codes = Float32Array.of(0, 0, 2, 0, 5, 4, 5, 2)

  it('go from the mean of some codes to that of others, with length 1', () => {
    const labels = [1, 1, 2, 2]
    expect(rowsOfClass(labels, 2)).toEqual([2, 3])
    expect(meanCode(codes, { size: 2, rows: [2, 3] })).toEqual(Float32Array.of(5, 3))
    const direction = meanDifference(codes, { size: 2, to: rowsOfClass(labels, 2), from: rowsOfClass(labels, 1) })
    expect(direction?.[0]).toBeCloseTo(0.8, 6)
    expect(direction?.[1]).toBeCloseTo(0.6, 6)
  })

  it('are none where a mean is of no code, or both are the same', () => {
    expect(meanDifference(codes, { size: 2, to: [], from: [0] })).toBeNull()
    expect(meanDifference(codes, { size: 2, to: [1], from: [1] })).toBeNull()
  })
})

it('the variance that directions explain adds up to all', () => {
  const codes = drawPrior({ seed: 5, count: 500, size: 3 }).map((value, index) => value * (1 + (index % 3)))
  const deviationOf = (column: number) => {
    const values = Array.from(codes).filter((_, index) => index % 3 === column)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  }
  const shares = explainedVariance(codes, { size: 3, spreads: [0, 1, 2].map((column) => spreadOf(column, deviationOf(column))) })
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 6)
  expect(shares[2]).toBeGreaterThan(shares[0] ?? 1)
  expect(explainedVariance(new Float32Array(6), { size: 3, spreads: [spreadOf(0, 0)] })).toEqual([0])
})
