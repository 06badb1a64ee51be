import { describe, expect, it } from 'vitest'
import { averageCurves } from '../src/features/compare/groupCurves'
import { meanVariance } from '../src/features/compare/orderByDifference'

const curve = (...points: [x: number, y: number | null][]) => points.map(([x, y]) => ({ x, y }))

describe('the mean of several curves', () => {
  it('has a band of one standard deviation of the sample, or from the lowest to the highest', () => {
    const curves = [curve([1, 1], [2, 4]), curve([1, 3], [2, 4])]
    expect(averageCurves(curves, 'deviation')).toEqual({
      points: curve([1, 2], [2, 4]),
      band: [
        { x: 1, low: 2 - Math.SQRT2, high: 2 + Math.SQRT2 },
        { x: 2, low: 4, high: 4 },
      ],
    })
    expect(averageCurves(curves, 'range').band[0]).toEqual({ x: 1, low: 1, high: 3 })
  })

  it('reads each curve between its points and not beyond its ends', () => {
    const { points, band } = averageCurves([curve([0, 0], [4, 4]), curve([2, 10], [3, 10])], 'range')
    expect(points).toEqual(curve([0, 0], [2, 6], [3, 6.5], [4, 4]))
    expect(band.map(({ x }) => x)).toEqual([2, 3])
  })

  it('passes over what is missing, and is nothing where there is nothing', () => {
    expect(averageCurves([curve([1, null], [2, 2], [3, Number.NaN]), curve()], 'range')).toEqual({ points: curve([2, 2]), band: [] })
    expect(averageCurves([], 'deviation')).toEqual({ points: [], band: [] })
  })

  it('is taken at no more places than a chart can draw', () => {
    const long = (offset: number) => curve(...Array.from({ length: 4000 }, (_, x) => [x + offset, x] as [number, number]))
    const { points } = averageCurves([long(0), long(0.5)], 'deviation')
    expect(points.length).toBeLessThanOrEqual(1024)
    expect([points[0]?.x, points.at(-1)?.x]).toEqual([0, 3999.5])
  })
})

it('what several images differ in is the mean variance of their pixels', () => {
  expect(meanVariance([Float32Array.of(0, 1), Float32Array.of(1, 1)])).toBe(0.125)
  expect(meanVariance([Float32Array.of(0.5)])).toBe(0)
  expect(meanVariance([])).toBe(0)
})
