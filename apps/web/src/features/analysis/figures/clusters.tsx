'use client'
import { Skeleton } from '@mantine/core'
import { ClusterMaps } from '../../../entities/analysis/ClusterMaps'
import { clusterTable, mapOf, useClusterMap } from '../../../entities/analysis/useClusterMap'
import { fetchTensors } from '../../../files/fetchTensors'
import { formatCounted } from '../../../ui/formatQuantity'
import { Unread } from '../../../ui/Unread'
import type { AnalysedRun, AnalysisFigure } from '../AnalysisFigure'

function ClustersOfRun({ run, analysis }: AnalysedRun) {
  const { mapping, error, retry } = useClusterMap(analysis)
  if (error) return <Unread what="The clusters" onRetry={retry} />
  return mapping ? <ClusterMaps label={run.name} mapping={mapping} chosen="random" epoch={null} /> : <Skeleton height={420} />
}

/** Shows codes by cluster and by class, and who fell where. */
export const clusters: AnalysisFigure = {
  title: 'Clusters',
  note: ({ counts }) =>
    `k-means groups the codes of ${formatCounted(counts.kMeans, 'random test example')} into as many clusters as there are classes, without their classes; each has the colour of the class that it is matched to`,
  async table({ figures, clusters: found }) {
    const url = mapOf(figures)
    const places = url ? (await fetchTensors(url, new AbortController().signal)).values?.values : undefined
    return found && places ? clusterTable({ ...found, places }) : { columns: [], rows: [] }
  },
  draw: ({ run, analysis }) => (analysis.clusters ? <ClustersOfRun key={analysis.at} run={run} analysis={analysis} /> : null),
}
