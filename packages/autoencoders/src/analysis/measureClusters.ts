import { adjustedRandIndex } from '../metrics/adjustedRandIndex.js'
import { ContingencyTable } from '../metrics/ContingencyTable.js'
import { CLUSTERING, clusterCodes } from '../metrics/clusterCodes.js'
import { normalizedMutualInformation } from '../metrics/normalizedMutualInformation.js'
import type { SubjectMetrics } from './SubjectMetrics.js'

export interface ClusterOptions {
  /** Class of each example. */
  readonly labels: Uint8Array
  readonly width: number
  readonly classCount: number
  readonly seed: number
}

export interface MeasuredClusters {
  /** Cluster of each example. */
  readonly clusters: readonly number[]
  readonly metrics: Partial<SubjectMetrics>
}

/** Groups features [n, width] into as many clusters as there are classes, which it does not know, and measures how far they agree. */
export function measureClusters(features: Float32Array, { labels, width, classCount, seed }: ClusterOptions): MeasuredClusters {
  const { clusters } = clusterCodes(features, { latentDimension: width, clusters: classCount, seed, ...CLUSTERING })
  const table = new ContingencyTable(clusters, labels)
  return {
    clusters,
    metrics: {
      kMeansNormalizedMutualInformation: normalizedMutualInformation(table),
      kMeansAdjustedRandIndex: adjustedRandIndex(table),
    },
  }
}
