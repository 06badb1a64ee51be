import { useQuery } from '@apollo/client/react'
import { StoredConfigDocument } from '../../data/generated/graphql'

/** Reads a run's configuration as it lies in the store; undefined until it is there. */
export function useStoredConfig(id: string) {
  const { data, error, refetch } = useQuery(StoredConfigDocument, { variables: { id } })
  return { stored: data?.run.storedConfig, failed: error !== undefined, retry: () => void refetch() }
}
