import { columnVariances } from '../metrics/columnVariances.js'
import { matchClusters } from '../metrics/matchClusters.js'
import { coordinatesOf } from './directionSpreads.js'
import { principalDirections } from './principalDirections.js'

export interface ClusterMapOptions {
  /** `[n, size]` */
  readonly codes: Float32Array
  /** Class of each. */
  readonly labels: ArrayLike<number>
  /** Cluster of each, from 0, as found. */
  readonly clusters: readonly number[]
  /** Units of one code. */
  readonly size: number
  readonly classCount: number
}

export interface ClusterMap {
  /** What codes are mapped over: their units, where there are at most two, or the first two principal directions. */
  readonly axes: 'UNITS' | 'PRINCIPAL_DIRECTIONS'
  /** Of the codes’ variance, the share that the map shows. */
  readonly varianceShare: number
  /** In the order of the classes that they are matched to, those without a class last: how many examples of each class are in each. */
  readonly clusters: { readonly matchedClass: number | null; readonly counts: number[] }[]
  /** Of each code where it is mapped, across and up, its cluster in this order, and its class: `[n, 4]`. */
  readonly places: Float32Array
}

/** Places clustered codes in the plane, and counts how many of each class fell into each cluster. */
export function clusterMap({ codes, labels, clusters, size, classCount }: ClusterMapOptions): ClusterMap {
  const counts = Array.from({ length: Math.max(-1, ...clusters) + 1 }, () => new Array<number>(classCount).fill(0))
  for (const [row, cluster] of clusters.entries()) {
    const inCluster = counts[cluster]
    const label = labels[row] ?? 0
    if (inCluster) inCluster[label] = (inCluster[label] ?? 0) + 1
  }
  const classOf = matchClusters(counts)
  const order = [...counts.keys()].sort((a, b) => (classOf[a] ?? classCount) - (classOf[b] ?? classCount))
  const orderOf = new Map(order.map((cluster, place) => [cluster, place]))
  const { plane, ...mapped } = planeOf(codes, size)
  const places = new Float32Array(4 * clusters.length)
  for (const [row, cluster] of clusters.entries()) {
    places.set([plane[2 * row] ?? 0, plane[2 * row + 1] ?? 0, orderOf.get(cluster) ?? 0, labels[row] ?? 0], 4 * row)
  }
  return {
    ...mapped,
    clusters: order.map((cluster) => ({ matchedClass: classOf[cluster] ?? null, counts: counts[cluster] ?? [] })),
    places,
  }
}

/** Lays codes out in the plane, `[n, 2]`: as they are where they have at most two units, else along their first two principal directions. */
function planeOf(codes: Float32Array, size: number): Pick<ClusterMap, 'axes' | 'varianceShare'> & { readonly plane: Float32Array } {
  const rows = codes.length / size
  const plane = new Float32Array(2 * rows)
  const codeOf = (row: number) => codes.subarray(row * size, (row + 1) * size)
  if (size <= 2) {
    for (let row = 0; row < rows; row++) plane.set(codeOf(row), 2 * row)
    return { axes: 'UNITS', varianceShare: 1, plane }
  }
  const found = principalDirections(codes, { size, wanted: 2 })
  for (let row = 0; row < rows; row++) plane.set(coordinatesOf(codeOf(row), found), 2 * row)
  const [shown, all] = [sum(columnVariances(plane, 2)), sum(columnVariances(codes, size))]
  return { axes: 'PRINCIPAL_DIRECTIONS', varianceShare: all > 0 ? Math.min(1, shown / all) : 1, plane }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
