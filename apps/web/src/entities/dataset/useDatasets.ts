import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { DatasetsDocument, type DatasetsQuery } from '../../data/generated/graphql'

export type Dataset = DatasetsQuery['datasets'][number]

export interface Datasets {
  readonly datasets: readonly Dataset[] | undefined
  /** The same by id; empty while nothing is known. */
  readonly datasetsById: ReadonlyMap<string, Dataset>
}

/** Reads every data set, available or not. */
export function useDatasets(): Datasets {
  const { data } = useQuery(DatasetsDocument)
  const datasets = data?.datasets as readonly Dataset[] | undefined
  const datasetsById = useMemo(() => new Map(datasets?.map((dataset) => [dataset.id, dataset])), [datasets])
  return { datasets, datasetsById }
}
