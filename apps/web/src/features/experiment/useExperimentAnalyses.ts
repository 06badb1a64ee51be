import { useQuery } from '@apollo/client/react'
import { useEffect, useMemo, useRef } from 'react'
import { type AnalysisFieldsFragment, ExperimentAnalysesDocument } from '../../data/generated/graphql'
import type { Experiment } from './useExperiment'

export type RunAnalysis = AnalysisFieldsFragment

export interface ExperimentAnalyses {
  /** By run; null for one that was not measured. Runs that nothing is known of yet are missing. */
  readonly analyses: ReadonlyMap<string, RunAnalysis | null>
  readonly failed: boolean
  readonly retry: () => void
}

const none: ReadonlyMap<string, null> = new Map()

/** Reads what the runs of an experiment were measured with, and reads it again whenever one of them changes its status; nothing where it is not wanted. */
export function useExperimentAnalyses({ id, runs }: Experiment, wanted: boolean): ExperimentAnalyses {
  const { data, error, refetch } = useQuery(ExperimentAnalysesDocument, {
    variables: { id },
    skip: !wanted,
    fetchPolicy: 'cache-and-network',
  })
  const statuses = runs.map((run) => `${run.id} ${run.status}`).join()
  const read = useRef(statuses)
  useEffect(() => {
    if (!wanted || read.current === statuses) return
    read.current = statuses
    void refetch()
  }, [wanted, statuses, refetch])
  const analyses = useMemo(
    () => (data ? new Map(data.experiment.runs.map((run) => [run.id, run.analysis as RunAnalysis | null])) : none),
    [data],
  )
  return { analyses, failed: error !== undefined, retry: () => void refetch() }
}
