import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { RunDocument, type RunQuery } from '../../data/generated/graphql'
import { readRunConfig } from '../../data/readRunConfig'
import { isReadable, type Readable } from './readableRun'

type SentRun = RunQuery['run']

export type Run = Omit<Readable<SentRun>, 'config'> & { readonly config: ReturnType<typeof readRunConfig> }

export interface RunResult {
  readonly run: Run | undefined
  /** The run as it was sent where this version cannot read it. */
  readonly unreadable: SentRun | undefined
  readonly loading: boolean
  readonly error: ApiError | undefined
}

/** Reads one run with every epoch's metrics. Events keep it current, so a visited run shows at once and is not fetched again. */
export function useRun(id: string): RunResult {
  const { data, loading, error } = useQuery(RunDocument, { variables: { id } })
  const sent = data?.run
  const run = useMemo(() => (sent && isReadable(sent) ? { ...sent, config: readRunConfig(sent.config) } : undefined), [sent])
  return {
    run,
    unreadable: sent && !run ? sent : undefined,
    loading,
    error: useMemo(() => (error ? toApiError(error) : undefined), [error]),
  }
}
