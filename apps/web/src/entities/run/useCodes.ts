import { useQuery } from '@apollo/client/react'
import { CodesDocument } from '../../data/generated/graphql'

/** Reads a run's codes at one epoch; null asks for nothing. Keeps the previous epoch's until the new ones are there. */
export function useCodes(id: string, epoch: number | null) {
  const { data, previousData, loading, error, refetch } = useQuery(CodesDocument, {
    variables: { id, epoch: epoch ?? 0 },
    skip: epoch === null,
  })
  return { codes: (data ?? previousData)?.run.codes ?? null, loading, failed: error !== undefined, retry: () => refetch() }
}
