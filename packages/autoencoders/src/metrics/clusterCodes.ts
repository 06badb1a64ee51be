import { createRandom } from '@hourglass/datasets'
import { drawCentres } from './drawCentres.js'
import { lloydIterations } from './lloydIterations.js'
import { requireSameLength } from './requireSameLength.js'

export interface ClusterOptions {
  readonly latentDimension: number
  readonly clusters: number
  readonly seed: number
  /** How often it starts anew; the best clustering is kept. @default 10 */
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
  const { latentDimension: width, clusters, seed, restarts = 10, maximumIterations = 100 } = options
  requireSameLength('codes', codes, { other: codes, width })
  const points = { values: codes, width, count: codes.length / width }
  if (points.count === 0) return { clusters: [], inertia: 0 }
  const random = createRandom(seed, 'analysis/clusters')
  let best: ReturnType<typeof lloydIterations> | undefined
  for (let start = 0; start < restarts; start++) {
    const centres = drawCentres(points, { clusters, random, start })
    const found = lloydIterations(points, centres, maximumIterations)
    if (!best || found.inertia < best.inertia) best = found
  }
  return { clusters: [...(best?.assigned ?? [])], inertia: best?.inertia ?? 0 }
}
