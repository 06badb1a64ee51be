import { useQuery } from '@apollo/client/react'
import { useEffect, useMemo } from 'react'
import { toApiError } from '../../data/apiError'
import { ExperimentDocument, type ExperimentQuery } from '../../data/generated/graphql'
import { isReadable, type Readable } from '../../entities/run/readableRun'

type SentRun = ExperimentQuery['experiment']['runs'][number]

export type ExperimentRun = Readable<SentRun>
export type Experiment = Omit<ExperimentQuery['experiment'], 'runs'> & {
  readonly runs: readonly ExperimentRun[]
  /** Its runs that this version cannot read. */
  readonly unreadable: readonly SentRun[]
}

/** Reads one experiment with its runs. The app's subscriptions keep both current; runs that were added or taken out meanwhile are known once it is said how many there are. */
export function useExperiment(id: string) {
  const { data, loading, error, refetch } = useQuery(ExperimentDocument, { variables: { id }, fetchPolicy: 'cache-and-network' })
  const sent = data?.experiment as ExperimentQuery['experiment'] | undefined
  const total = sent?.statusCounts.total ?? 0
  const isOther = sent !== undefined && sent.runs.length !== total
  // biome-ignore lint/correctness/useExhaustiveDependencies: each number of runs is asked for once.
  useEffect(() => {
    if (isOther) void refetch()
  }, [isOther, total, refetch])
  return {
    experiment: useMemo(
      (): Experiment | undefined =>
        sent && { ...sent, runs: sent.runs.filter(isReadable), unreadable: sent.runs.filter((run) => !isReadable(run)) },
      [sent],
    ),
    loading,
    error: useMemo(() => (error ? toApiError(error) : undefined), [error]),
  }
}
