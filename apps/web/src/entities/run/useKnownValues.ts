import { useQuery } from '@apollo/client/react'
import { RunValuesDocument } from '../../data/generated/graphql'

/** Reads what a run is known by; undefined until it is there. */
export function useKnownValues(id: string) {
  const { data, error, refetch } = useQuery(RunValuesDocument, { variables: { id } })
  return { values: data?.run.values, failed: error !== undefined, retry: () => void refetch() }
}
