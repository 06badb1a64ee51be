import { useQuery } from '@apollo/client/react'
import { useEffect, useRef } from 'react'
import { ExperimentVerdictsDocument, type ExperimentVerdictsQuery } from '../../data/generated/graphql'
import type { Experiment } from './useExperiment'

export type Verdict = ExperimentVerdictsQuery['experiment']['verdicts'][number]

export interface Verdicts {
  /** Undefined until they are known. */
  readonly verdicts: readonly Verdict[] | undefined
  readonly failed: boolean
  readonly retry: () => void
}

/** Reads the verdicts on an experiment's claims, and reads them again whenever one of its runs ends, is measured, also again, or goes. */
export function useVerdicts({ id, preset, runs }: Experiment): Verdicts {
  const { data, error, refetch } = useQuery(ExperimentVerdictsDocument, {
    variables: { id },
    skip: preset === null,
    fetchPolicy: 'cache-and-network',
  })
  const judged = runs.map((run) => `${run.id} ${run.status} ${run.label} ${run.analyzedAt} ${run.summary.test !== null}`).join()
  const read = useRef(judged)
  useEffect(() => {
    if (preset === null || read.current === judged) return
    read.current = judged
    void refetch()
  }, [preset, judged, refetch])
  return { verdicts: data?.experiment.verdicts as readonly Verdict[] | undefined, failed: error !== undefined, retry: () => void refetch() }
}
