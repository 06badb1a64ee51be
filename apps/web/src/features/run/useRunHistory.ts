import { useQuery } from '@apollo/client/react'
import { RunHistoryDocument, type RunHistoryQuery } from '../../data/generated/graphql'

export type HistoryEntry = RunHistoryQuery['run']['history'][number]

/** Reads what happened to a run, each time that it is looked at; the run's events go on from there. */
export function useRunHistory(id: string) {
  const { data, error, refetch } = useQuery(RunHistoryDocument, { variables: { id }, fetchPolicy: 'cache-and-network' })
  return { entries: data?.run.history, failed: error !== undefined, retry: () => void refetch() }
}
