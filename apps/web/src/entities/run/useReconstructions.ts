import { useQuery } from '@apollo/client/react'
import { ReconstructionsDocument } from '../../data/generated/graphql'

/** Reads a run's reconstructions at one epoch; null asks for nothing. Keeps the previous epoch's until the new ones are there. */
export function useReconstructions(id: string, epoch: number | null) {
  const { data, previousData, loading, error, refetch } = useQuery(ReconstructionsDocument, {
    variables: { id, epoch: epoch ?? 0 },
    skip: epoch === null,
  })
  return {
    reconstructions: (data ?? previousData)?.run.reconstructions ?? null,
    loading,
    failed: error !== undefined,
    retry: () => refetch(),
  }
}
