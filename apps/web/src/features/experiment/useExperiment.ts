import { useQuery } from '@apollo/client/react'
import { useEffect, useMemo, useRef } from 'react'
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

/** Reads one experiment with its runs. The app's subscriptions keep both current, and say which runs belong to it: where these are others, they are read again. */
export function useExperiment(id: string) {
  const { data, loading, error, refetch } = useQuery(ExperimentDocument, { variables: { id }, fetchPolicy: 'cache-and-network' })
  const sent = data?.experiment as ExperimentQuery['experiment'] | undefined
  const members = sent?.runNumbers.join() ?? ''
  const isOther = sent !== undefined && sent.runs.map(({ number }) => number).join() !== members
  const askedInVain = useRef<string | undefined>(undefined)
  useEffect(() => {
    // An answer that is on its way may be older than what was said meanwhile: then another follows it.
    if (!isOther || loading) return
    if (error && askedInVain.current === members) return
    askedInVain.current = members
    void refetch()
  }, [isOther, loading, error, members, refetch])
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
