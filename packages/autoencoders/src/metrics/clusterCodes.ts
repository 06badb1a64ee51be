import { kmeans } from 'ml-kmeans'
import { requireSameLength } from './requireSameLength.js'

export interface ClusterOptions {
  readonly latentDimension: number
  readonly clusters: number
  readonly seed: number
  /** How often it starts anew; the best clustering is kept. @default 4 */
  readonly restarts?: number
  /** Iterations of one start. @default 100 */
  readonly maximumIterations?: number
}

export interface Clustering {
  /** Cluster of each example. */
  readonly clusters: readonly number[]
  /** Sum of squared distances to the cluster's centre. */
  readonly inertia: number
}

/**
 * Groups codes [n, latent dimension] by k-means: Lloyd's iterations from centres that k-means++ draws (Arthur & Vassilvitskii 2007), of
 * several starts the one with the least inertia. Euclidean distances, codes as they are. Fewer distinct codes than clusters make as many
 * clusters as there are distinct codes.
 */
export function clusterCodes(codes: Float32Array, options: ClusterOptions): Clustering {
  const { latentDimension, clusters, seed, restarts = 4, maximumIterations = 100 } = options
  requireSameLength('codes', codes, { other: codes, width: latentDimension })
  const rows = Array.from({ length: codes.length / latentDimension }, (_, row) => [
    ...codes.subarray(row * latentDimension, (row + 1) * latentDimension),
  ])
  const count = Math.min(clusters, countDistinct(rows, clusters))
  let best: Clustering | undefined
  for (let start = 0; start < restarts; start++) {
    const { clusters: assigned, centroids } = kmeans(rows, count, { seed: seed + start, maxIterations: maximumIterations, tolerance: 1e-6 })
    const inertia = rows.reduce((sum, row, index) => sum + squaredDistance(row, centroids[assigned[index] ?? 0] ?? []), 0)
    if (!best || inertia < best.inertia) best = { clusters: assigned, inertia }
  }
  return best ?? { clusters: [], inertia: 0 }
}

/** Counts distinct rows, but not beyond a number that is enough. */
function countDistinct(rows: readonly (readonly number[])[], enough: number): number {
  const seen = new Set<string>()
  for (const row of rows) {
    seen.add(row.join())
    if (seen.size === enough) break
  }
  return seen.size
}

function squaredDistance(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, index) => sum + (value - (b[index] ?? Number.NaN)) ** 2, 0)
}
