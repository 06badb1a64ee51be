'use client'
import type { ClusterMap } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { tensorsFile } from '../../files/fileSources'
import { useFile } from '../../files/useFiles'
import type { FigureTable } from '../../ui/FigureSource'

type FoundClusters = NonNullable<AnalysisFieldsFragment['clusters']>

/** Clusters of codes, and where each code is mapped: across, up, its cluster and its class, `[n, 4]`. */
export type ClusterMapping = Pick<FoundClusters, 'axes' | 'varianceShare'> & {
  readonly clusters: readonly { readonly matchedClass: number | null; readonly counts: readonly number[] }[]
} & Pick<ClusterMap, 'places'>

export interface ClusterMapState {
  /** Null before it is there, and of a run whose codes were not clustered. */
  readonly mapping: ClusterMapping | null
  readonly error: Error | null
  readonly retry: () => void
}

type Measured = Pick<AnalysisFieldsFragment, 'figures' | 'clusters'>

/** Loads where the analysis mapped the codes that it clustered. */
export function useClusterMap(analysis: Measured | null): ClusterMapState {
  const url = mapOf(analysis?.figures ?? [])
  const { shown, error, retry } = useFile(url === undefined ? null : tensorsFile(url))
  const found = analysis?.clusters
  const places = shown?.values?.values
  const mapping = useMemo(() => (found && places ? { ...found, places } : null), [found, places])
  return { mapping, error, retry }
}

/** Finds the file of the map among those of an analysis. */
export function mapOf(figures: AnalysisFieldsFragment['figures']): string | undefined {
  return figures.find(({ name }) => name === 'clusters/map')?.url
}

/** Lists each example on the map with its cluster, the class that this is matched to, and its own. */
export function clusterTable({ axes, clusters, places }: ClusterMapping): FigureTable {
  const [across, up] = axes === 'UNITS' ? ['z1', 'z2'] : ['principal direction 1', 'principal direction 2']
  return {
    columns: ['example', across ?? '', up ?? '', 'cluster', 'class of the cluster', 'class'],
    rows: Array.from({ length: places.length / 4 }, (_, row) => {
      const [x = 0, y = 0, cluster = 0, label = 0] = places.subarray(4 * row, 4 * row + 4)
      return [row, x, y, cluster + 1, clusters[cluster]?.matchedClass ?? null, label]
    }),
  }
}
