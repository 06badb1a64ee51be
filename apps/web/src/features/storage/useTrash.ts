import { useQuery } from '@apollo/client/react'
import { TrashDocument, TrashedReportsDocument } from '../../data/generated/graphql'

/** Reads what lies in the trash of runs, the first of them; undefined until it is there. */
export function useTrash(first: number) {
  const { data, refetch } = useQuery(TrashDocument, { variables: { first }, fetchPolicy: 'cache-and-network' })
  return { found: data, refetch }
}

/** Reads what reports keep, and which of them lie in the trash; undefined until it is there. */
export function useTrashedReports() {
  const { data, refetch } = useQuery(TrashedReportsDocument, { fetchPolicy: 'cache-and-network' })
  return { kept: data, refetch }
}
