import { createRandom } from '@hourglass/datasets'
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

/** How codes are clustered to be compared, the same for every width: chance agrees more with fewer examples, and fewer starts find worse clusters. */
export const CLUSTERING = { restarts: 3, maximumIterations: 50 } as const

export interface Clustering {
  /** Cluster of each example. */
  readonly clusters: readonly number[]
  /** Sum of squared distances to the cluster's centre. */
  readonly inertia: number
}

interface Points {
  readonly values: Float32Array
  readonly count: number
  readonly width: number
}

/**
 * Groups codes [n, latent dimension] by k-means: Lloyd's iterations from centres that k-means++ draws (Arthur & Vassilvitskii 2007), of
 * several starts the one with the least inertia. Euclidean distances, codes as they are. Fewer distinct codes than clusters make as many
 * clusters as there are distinct codes.
 *
 * Written out over flat arrays, since libraries that take rows of numbers need five times as long for pixels.
 */
export function clusterCodes(codes: Float32Array, options: ClusterOptions): Clustering {
  const { latentDimension: width, clusters, seed, restarts = 4, maximumIterations = 100 } = options
  requireSameLength('codes', codes, { other: codes, width })
  const points = { values: codes, count: codes.length / width, width }
  let best: Clustering | undefined
  for (let start = 0; start < restarts; start++) {
    const found = iterate(points, drawCentres(points, clusters, createRandom(seed, `analysis/clusters/${start}`)), maximumIterations)
    if (!best || found.inertia < best.inertia) best = found
  }
  return best ?? { clusters: [], inertia: 0 }
}

/** Draws centres among the points [at most k, width], each next one with a probability that grows with its squared distance to those before it. */
function drawCentres(points: Points, k: number, random: { uniform(index: number): number }): Float64Array {
  const { values, count, width } = points
  const centres = new Float64Array(k * width)
  const distances = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  let place = Math.min(count - 1, Math.floor(random.uniform(0) * count))
  for (let cluster = 0; cluster < k; cluster++) {
    centres.set(values.subarray(place * width, (place + 1) * width), cluster * width)
    let total = 0
    for (let row = 0; row < count; row++) {
      const distance = Math.min(distances[row] as number, squaredDistance(points, row, { centres, cluster }))
      distances[row] = distance
      total += distance
    }
    // Every point is a centre already.
    if (total === 0) return centres.slice(0, (cluster + 1) * width)
    place = drawByWeight(distances, random.uniform(cluster + 1) * total)
  }
  return centres
}

/** Finds where the running sum of weights passes a value; never a weight of 0. */
function drawByWeight(weights: Float64Array, wanted: number): number {
  let sum = 0
  let last = 0
  for (const [index, weight] of weights.entries()) {
    if (weight === 0) continue
    sum += weight
    last = index
    if (sum > wanted) break
  }
  return last
}

function iterate(points: Points, centres: Float64Array, maximumIterations: number): Clustering {
  const { count, width } = points
  const k = centres.length / width
  const assigned = new Int32Array(count).fill(-1)
  let inertia = 0
  for (let iteration = 0; iteration < maximumIterations; iteration++) {
    let moved = 0
    inertia = 0
    for (let row = 0; row < count; row++) {
      let nearest = 0
      let least = Number.POSITIVE_INFINITY
      for (let cluster = 0; cluster < k; cluster++) {
        const distance = squaredDistance(points, row, { centres, cluster }, least)
        if (distance >= least) continue
        least = distance
        nearest = cluster
      }
      inertia += least
      if (assigned[row] !== nearest) moved += 1
      assigned[row] = nearest
    }
    if (moved === 0) break
    moveCentres(points, assigned, centres)
  }
  return { clusters: [...assigned], inertia }
}

/** Moves each centre to the mean of its points; one without points stays. */
function moveCentres({ values, count, width }: Points, assigned: Int32Array, centres: Float64Array): void {
  const sizes = new Float64Array(centres.length / width)
  for (const cluster of assigned) sizes[cluster] = (sizes[cluster] as number) + 1
  for (const [cluster, size] of sizes.entries()) if (size > 0) centres.fill(0, cluster * width, (cluster + 1) * width)
  for (let row = 0; row < count; row++) {
    const centre = (assigned[row] as number) * width
    for (let index = 0; index < width; index++)
      centres[centre + index] = (centres[centre + index] as number) + (values[row * width + index] as number)
  }
  for (const [cluster, size] of sizes.entries()) {
    if (size === 0) continue
    for (let at = cluster * width; at < (cluster + 1) * width; at++) centres[at] = (centres[at] as number) / size
  }
}

/** Values that are summed before it is asked whether a distance is beyond one that is known. */
const STRIDE = 64

/** Computes a squared distance to a centre; no more of it than shows that it is at least `enough`. */
function squaredDistance(
  { values, width }: Points,
  row: number,
  { centres, cluster }: { readonly centres: Float64Array; readonly cluster: number },
  enough = Number.POSITIVE_INFINITY,
): number {
  const [point, centre] = [row * width, cluster * width]
  let sum = 0
  for (let begin = 0; begin < width && sum < enough; begin += STRIDE) {
    const end = Math.min(begin + STRIDE, width)
    for (let index = begin; index < end; index++) {
      const difference = (values[point + index] as number) - (centres[centre + index] as number)
      sum += difference * difference
    }
  }
  return sum
}
