import { createRandom } from '@hourglass/datasets'
import { expect, it } from 'vitest'
import { matchClusters } from '../../src/metrics/matchClusters.js'

const matchedOf = (counts: readonly (readonly number[])[], classOf: readonly (number | null)[]) =>
  counts.reduce((sum, row, cluster) => sum + (row[classOf[cluster] ?? -1] ?? 0), 0)

/** The most that any assignment matches, by trying all. */
function mostMatched(counts: readonly (readonly number[])[], free: readonly number[]): number {
  const [row, ...others] = counts
  if (!row) return 0
  const none = mostMatched(others, free)
  return Math.max(
    none,
    ...free.map((label) => (row[label] ?? 0) + mostMatched(others, free.filter((each) => each !== label))), // biome-ignore format: one line a choice
  )
}

it('gives each cluster the class that makes as many examples as possible agree, not the one of most of its own', () => {
  // Cluster 0 has most of class 0, but cluster 1 has nothing else to give.
  const counts = [
    [10, 9],
    [8, 0],
  ]
  expect(matchClusters(counts)).toEqual([1, 0])
})

it('finds what trying all assignments finds, with more clusters than classes and with fewer', () => {
  const random = createRandom(1, 'test/matchClusters')
  let next = 0
  for (const [clusters, classes] of [
    [5, 5],
    [6, 4],
    [3, 6],
  ] as const) {
    for (let trial = 0; trial < 10; trial++) {
      const counts = Array.from({ length: clusters }, () => Array.from({ length: classes }, () => Math.floor(30 * random.uniform(next++))))
      const classOf = matchClusters(counts)
      expect(classOf).toHaveLength(clusters)
      const matched = classOf.filter((label) => label !== null)
      expect(new Set(matched).size).toBe(matched.length)
      expect(matched).toHaveLength(Math.min(clusters, classes))
      expect(matchedOf(counts, classOf)).toBe(
        mostMatched(
          counts,
          Array.from({ length: classes }, (_, label) => label),
        ),
      )
    }
  }
})

it('matches nothing of nothing', () => {
  expect(matchClusters([])).toEqual([])
})
