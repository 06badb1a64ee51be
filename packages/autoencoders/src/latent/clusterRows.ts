import { shuffledIndices } from '@hourglass/datasets'
import { CLUSTERING, clusterCodes } from '../metrics/clusterCodes.js'

/** Codes that clusters are found of; others join the nearest of them. */
const MOST_CLUSTERED = 10_000

export interface ClusteredRows {
  /** Of each code its cluster, the largest first, from 0. */
  readonly members: Uint8Array
  /** `[clusters, size]` */
  readonly centres: Float32Array
  /** Mean squared distance of codes from the centres of their clusters. */
  readonly distortion: number
}

export interface ClusterRowsOptions {
  /** Units of one code. */
  readonly size: number
  /** From 1 to 255; fewer distinct codes make fewer clusters. */
  readonly wanted: number
  readonly seed: number
}

/** Clusters codes `[n, size]`, at least one, by k-means, of more than 10,000 a random choice; then each belongs to the nearest centre. */
export function clusterRows(codes: Float32Array, { size, wanted, seed }: ClusterRowsOptions): ClusteredRows {
  const count = codes.length / size
  const rows = count <= MOST_CLUSTERED ? null : shuffledIndices(count, { seed, stream: 'latent/clusters' }).subarray(0, MOST_CLUSTERED)
  const { clusters } = clusterCodes(rows ? pick(codes, rows, size) : codes, {
    latentDimension: size,
    clusters: Math.min(wanted, rows?.length ?? count),
    seed,
    ...CLUSTERING,
  })
  const sizes = Array.from({ length: Math.max(...clusters) + 1 }, () => 0)
  for (const cluster of clusters) sizes[cluster] = (sizes[cluster] as number) + 1
  const order = [...sizes.keys()].filter((cluster) => sizes[cluster] !== 0).toSorted((a, b) => (sizes[b] as number) - (sizes[a] as number))
  const centres = new Float32Array(order.length * size)
  for (const [at, cluster] of clusters.entries()) {
    const [row, centre] = [(rows ? (rows[at] as number) : at) * size, order.indexOf(cluster) * size]
    for (let unit = 0; unit < size; unit++) {
      centres[centre + unit] = (centres[centre + unit] as number) + (codes[row + unit] as number) / (sizes[cluster] as number)
    }
  }
  const members = new Uint8Array(count)
  let sum = 0
  for (let row = 0; row < count; row++) {
    let least = Number.POSITIVE_INFINITY
    for (let cluster = 0; cluster < order.length; cluster++) {
      const distance = squaredDistance(codes, row * size, { centres, from: cluster * size, size })
      if (distance < least) {
        least = distance
        members[row] = cluster
      }
    }
    sum += least
  }
  return { members, centres, distortion: sum / count }
}

function pick(codes: Float32Array, rows: Uint32Array, size: number): Float32Array {
  const picked = new Float32Array(rows.length * size)
  for (const [at, row] of rows.entries()) picked.set(codes.subarray(row * size, (row + 1) * size), at * size)
  return picked
}

function squaredDistance(
  codes: Float32Array,
  at: number,
  { centres, from, size }: { centres: Float32Array; from: number; size: number },
): number {
  let sum = 0
  for (let unit = 0; unit < size; unit++) sum += ((codes[at + unit] as number) - (centres[from + unit] as number)) ** 2
  return sum
}
