import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { toApiError } from '../data/apiError'
import { ExperimentDocument, type ExperimentQuery } from '../data/generated/graphql'

export type Experiment = ExperimentQuery['experiment']
export type ExperimentRun = Experiment['runs'][number]

/** Reads one experiment with its runs. The app's subscriptions keep both current. */
export function useExperiment(id: string) {
  const { data, loading, error } = useQuery(ExperimentDocument, { variables: { id }, fetchPolicy: 'cache-and-network' })
  return {
    experiment: data?.experiment as Experiment | undefined,
    loading,
    error: useMemo(() => (error ? toApiError(error) : undefined), [error]),
  }
}
