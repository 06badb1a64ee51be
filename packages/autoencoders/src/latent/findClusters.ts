import { CLUSTERING, clusterCodes } from '../metrics/clusterCodes.js'
import { type ClusterMap, type ClusterMapOptions, clusterMap } from './clusterMap.js'

/** Clusters codes into as many clusters as there are classes, as an analysis does, and maps them. */
export function findClusters({ seed, ...options }: Omit<ClusterMapOptions, 'clusters'> & { readonly seed: number }): ClusterMap {
  const { codes, size, classCount } = options
  const { clusters } = clusterCodes(codes, { latentDimension: size, clusters: classCount, seed, ...CLUSTERING })
  return clusterMap({ ...options, clusters })
}
