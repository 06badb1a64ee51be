import { describe, expect, it } from 'vitest'
import { clusterTable } from '../src/entities/analysis/useClusterMap'
import { chooseRanks, neighboursOf, spreadWithin } from '../src/entities/model/placesOnLine'
import { decodeAffine, middleExtent } from '../src/entities/model/planeGrid'
import { axisArrows } from '../src/entities/run/axisArrows'
import { principalAxesTable } from '../src/entities/run/principalAxesTable'

describe('the principal axes of points', () => {
  it('are arrows from the mean, as long as their standard deviations', () => {
    const links = axisArrows([Float32Array.of(3, 4)], { mean: [1, 1], barb: 0.5 })
    expect([...links.subarray(0, 4)]).toEqual([1, 1, 4, 5])
    expect(links).toHaveLength(3 * 4)
    for (const barb of [1, 2]) {
      const [x0 = 0, y0 = 0, x1 = 0, y1 = 0] = links.subarray(4 * barb, 4 * barb + 4)
      expect(Math.hypot(x1 - x0, y1 - y0)).toBeCloseTo(0.5, 5)
      // Barbs lead back from the tip.
      expect((x1 - x0) * 3 + (y1 - y0) * 4).toBeLessThan(0)
    }
  })

  it('leave with the points that are drawn', () => {
    const axes = {
      __typename: 'AnalysisPrincipalAxes',
      mean: [0, 1],
      eigenvectors: [{ __typename: 'AnalysisPrincipalAxesEigenvector', direction: [0.6, 0.8], standardDeviation: 2 }],
    } as const
    const points = { epoch: 1, size: 2, originals: Float32Array.of(1, 2), reconstructions: Float32Array.of(3, 4) }
    expect(principalAxesTable(axes, points)).toEqual({
      columns: ['what', 'x', 'y', 'standard deviation', 'reconstructed x', 'reconstructed y'],
      rows: [
        ['mean of training points', 0, 1, null, null, null],
        ['principal component 1', 0.6, 0.8, 2, null, null],
        ['test point', 1, 2, null, 3, 4],
      ],
    })
    expect(principalAxesTable(null).rows).toEqual([])
  })
})

describe('a grid over a plane', () => {
  it('leaves out the few that are far out', () => {
    const codes = Float32Array.from({ length: 202 }, (_, index) => (index % 2 === 1 ? 5 : index === 200 ? 1000 : index / 2))
    expect(middleExtent(codes, 0)).toEqual({ minimum: 2, maximum: 98 })
    expect(middleExtent(codes, 1)).toEqual({ minimum: 4.5, maximum: 5.5 })
    expect(middleExtent(new Float32Array(), 0)).toEqual({ minimum: -1, maximum: 1 })
  })

  it('is decoded by the mean and two components', () => {
    const decoder = Float32Array.of(1, 2, 10, 0, 0, 100)
    expect([...decodeAffine(decoder, Float32Array.of(0.5, 0.25, 0, -1))]).toEqual([6, 27, 1, -98])
  })
})

describe('places on a line', () => {
  it('are chosen so that they are spread evenly over their range', () => {
    expect(chooseRanks([1, 2, 9], 5)).toEqual([0, 1, 2])
    // Most codes are near 0; places at 0, 50 and 100 are wanted.
    expect(chooseRanks([0, 1, 2, 3, 4, 48, 99, 100], 3)).toEqual([0, 5, 7])
    // Two places that the same code is nearest to have it once.
    expect(chooseRanks([0, 0.1, 0.2, 0.3, 100], 4)).toEqual([0, 3, 4])
    expect(chooseRanks([0, 4, 10], 1)).toEqual([1])
    expect(chooseRanks([], 4)).toEqual([])
  })

  it('are moved apart as little as it takes, and stay within', () => {
    expect(spreadWithin([10, 50, 90], 20, 100)).toEqual([10, 50, 90])
    expect(spreadWithin([49, 51], 20, 100)).toEqual([40, 60])
    expect(spreadWithin([0, 1, 2], 20, 100)).toEqual([0, 20, 40])
    expect(spreadWithin([98, 99, 100], 20, 100)).toEqual([60, 80, 100])
    // Where there is not enough room they share what there is.
    expect(spreadWithin([50, 50, 50], 80, 100)).toEqual([0, 50, 100])
    expect(spreadWithin([], 20, 100)).toEqual([])
    const many = spreadWithin([5, 6, 30, 31, 33, 60], 10, 100)
    for (const [rank, place] of many.entries()) if (rank > 0) expect(place - (many[rank - 1] ?? 0)).toBeGreaterThanOrEqual(10 - 1e-9)
  })

  it('have the two nearest beside them, the outer two beyond the ends', () => {
    const codes = Float32Array.of(-2, 0, 1, 5)
    expect(neighboursOf(codes, -3)).toEqual([0, 1])
    expect(neighboursOf(codes, -1)).toEqual([0, 1])
    expect(neighboursOf(codes, 0)).toEqual([1, 2])
    expect(neighboursOf(codes, 4)).toEqual([2, 3])
    expect(neighboursOf(codes, 9)).toEqual([2, 3])
    expect(neighboursOf(Float32Array.of(1), 0)).toEqual([0, 0])
  })
})

it('lists each example on the map of clusters', () => {
  const clusters = [
    { __typename: 'AnalysisClustersCluster', matchedClass: 1, counts: [0, 1] },
    { __typename: 'AnalysisClustersCluster', matchedClass: null, counts: [1, 0] },
  ] as const
  const table = clusterTable({ axes: 'UNITS', varianceShare: 1, clusters, places: Float32Array.of(1, 2, 0, 1, 3, 4, 1, 0) })
  expect(table).toEqual({
    columns: ['example', 'z1', 'z2', 'cluster', 'class of the cluster', 'class'],
    rows: [
      [0, 1, 2, 1, 1, 1],
      [1, 3, 4, 2, null, 0],
    ],
  })
})
