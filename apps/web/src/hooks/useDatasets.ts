import { useQuery } from '@apollo/client/react'
import { DatasetsDocument, type DatasetsQuery } from '../graphql/generated/graphql'

export type Dataset = DatasetsQuery['datasets'][number]

/** Reads every dataset, available or not. */
export function useDatasets(): { readonly datasets: readonly Dataset[] | undefined } {
  const { data } = useQuery(DatasetsDocument)
  return { datasets: data?.datasets }
}
