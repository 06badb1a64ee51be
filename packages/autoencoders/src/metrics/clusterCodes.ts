import { createRandom } from '@hourglass/datasets'
import { DistanceBounds } from './DistanceBounds.js'
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
  const assigned = new Int32Array(count).fill(-1)
  const bounds = new DistanceBounds(count, centres.length / width)
  for (let iteration = 1; ; iteration++) {
    const moved = assign(points, centres, { assigned, bounds })
    if (moved === 0 || iteration >= maximumIterations) break
    const before = centres.slice()
    moveCentres(points, assigned, centres)
    bounds.follow(driftsOf(before, centres, width))
  }
  let inertia = 0
  for (let row = 0; row < count; row++) inertia += squaredDistance(points, row, { centres, cluster: assigned[row] as number })
  return { clusters: [...assigned], inertia }
}

/** Assigns each point to its nearest centre, the first of several; counts those that change. Distances are computed only where bounds leave it open. */
function assign(
  points: Points,
  centres: Float64Array,
  { assigned, bounds }: { readonly assigned: Int32Array; readonly bounds: DistanceBounds },
): number {
  const clusters = centres.length / points.width
  let moved = 0
  for (let row = 0; row < points.count; row++) {
    const before = assigned[row] as number
    let nearest = before
    let least = before < 0 ? Number.POSITIVE_INFINITY : squaredDistance(points, row, { centres, cluster: before })
    for (let cluster = 0; cluster < clusters; cluster++) {
      if (cluster === nearest || bounds.isBeyond(row, cluster, least)) continue
      const distance = squaredDistance(points, row, { centres, cluster })
      bounds.set(row, cluster, distance)
      if (distance < least || (distance === least && cluster < nearest)) {
        if (nearest >= 0) bounds.set(row, nearest, least)
        least = distance
        nearest = cluster
      }
    }
    if (nearest !== before) moved += 1
    assigned[row] = nearest
  }
  return moved
}

/** Computes how far each centre has moved. */
function driftsOf(before: Float64Array, after: Float64Array, width: number): readonly number[] {
  return Array.from({ length: after.length / width }, (_, cluster) => {
    let sum = 0
    for (let index = cluster * width; index < (cluster + 1) * width; index++)
      sum += ((after[index] as number) - (before[index] as number)) ** 2
    return Math.sqrt(sum)
  })
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

function squaredDistance(
  { values, width }: Points,
  row: number,
  { centres, cluster }: { readonly centres: Float64Array; readonly cluster: number },
): number {
  const [point, centre] = [row * width, cluster * width]
  let sum = 0
  for (let index = 0; index < width; index++) {
    const difference = (values[point + index] as number) - (centres[centre + index] as number)
    sum += difference * difference
  }
  return sum
}
