import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { type ApiError, toApiError } from '../data/apiError'
import { RunDocument, type RunQuery } from '../data/generated/graphql'
import { readRunConfig } from '../data/readRunConfig'

export type Run = Omit<RunQuery['run'], 'config'> & { readonly config: ReturnType<typeof readRunConfig> }

export interface RunResult {
  readonly run: Run | undefined
  readonly loading: boolean
  readonly error: ApiError | undefined
}

/** Reads one run with every epoch's metrics. Events keep it current, so a visited run shows at once and is not fetched again. */
export function useRun(id: string): RunResult {
  const { data, loading, error } = useQuery(RunDocument, { variables: { id } })
  const run = useMemo(() => (data ? { ...data.run, config: readRunConfig(data.run.config) } : undefined), [data])
  return { run, loading, error: useMemo(() => (error ? toApiError(error) : undefined), [error]) }
}
