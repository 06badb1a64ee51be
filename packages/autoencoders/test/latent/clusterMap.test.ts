import { expect, it } from 'vitest'
import { clusterMap } from '../../src/latent/clusterMap.js'

/** Three clouds in space: two of them far apart along (3, 4, 0)/5, the third a little above the first. */
const codes = Float32Array.from([0, 0, 0, 0.3, 0.4, 0, 30, 40, 0, 30.3, 40.4, 0, 0, 0, 5, 0.3, 0.4, 5])
const labels = [2, 2, 0, 0, 1, 2]
const clusters = [1, 1, 0, 0, 2, 2]

it('counts who fell where, clusters in the order of the classes that they are matched to', () => {
  const map = clusterMap({ codes, labels, clusters, size: 3, classCount: 3 })
  expect(map.clusters).toEqual([
    { matchedClass: 0, counts: [2, 0, 0] },
    { matchedClass: 1, counts: [0, 1, 1] },
    { matchedClass: 2, counts: [0, 0, 2] },
  ])
  const column = (at: number) => Array.from({ length: 6 }, (_, row) => map.places[4 * row + at])
  expect(column(2)).toEqual([2, 2, 0, 0, 1, 1])
  expect(column(3)).toEqual(labels)
})

it('maps codes of more than two units over their first two principal directions, and says how much of the variance that is', () => {
  const map = clusterMap({ codes, labels, clusters, size: 3, classCount: 3 })
  expect(map.axes).toBe('PRINCIPAL_DIRECTIONS')
  // All variance lies in the plane of (3, 4, 0)/5 and (0, 0, 1), so that distances are kept.
  expect(map.varianceShare).toBeCloseTo(1, 6)
  const distance = (a: number, b: number) =>
    Math.hypot((map.places[4 * a] ?? 0) - (map.places[4 * b] ?? 0), (map.places[4 * a + 1] ?? 0) - (map.places[4 * b + 1] ?? 0))
  expect(distance(0, 2)).toBeCloseTo(50, 4)
  expect(distance(0, 4)).toBeCloseTo(5, 4)
})

it('maps codes of two units, and of one, as they are', () => {
  const map = clusterMap({ codes: Float32Array.of(1, 2, 3, 4), labels: [0, 1], clusters: [0, 1], size: 2, classCount: 2 })
  expect(map).toMatchObject({ axes: 'UNITS', varianceShare: 1, places: Float32Array.of(1, 2, 0, 0, 3, 4, 1, 1) })
  const line = clusterMap({ codes: Float32Array.of(1, 2), labels: [1, 0], clusters: [0, 0], size: 1, classCount: 2 })
  expect(line.places).toEqual(Float32Array.of(1, 0, 0, 1, 2, 0, 0, 0))
  // Both classes have as many examples in the only cluster: it is matched to one of them.
  expect(line.clusters).toHaveLength(1)
})
