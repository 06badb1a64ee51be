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

/** Reads what the runs of an experiment were measured with, and reads it again whenever one of them is measured again, or they are others; nothing where it is not wanted. */
export function useExperimentAnalyses({ id, runs }: Experiment, wanted: boolean): ExperimentAnalyses {
  const { data, error, refetch } = useQuery(ExperimentAnalysesDocument, {
    variables: { id },
    skip: !wanted,
    fetchPolicy: 'cache-and-network',
  })
  const measured = runs.map((run) => `${run.id} ${run.analyzedAt}`).join()
  const read = useRef(measured)
  useEffect(() => {
    if (!wanted || read.current === measured) return
    read.current = measured
    void refetch()
  }, [wanted, measured, refetch])
  const analyses = useMemo(
    () => (data ? new Map(data.experiment.runs.map((run) => [run.id, run.analysis as RunAnalysis | null])) : none),
    [data],
  )
  return { analyses, failed: error !== undefined, retry: () => void refetch() }
}
