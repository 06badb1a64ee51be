import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { RunConfigDocument } from '../../data/generated/graphql'
import { readRunConfig } from '../../data/readRunConfig'

/** Reads the configuration of a run, to launch another one like it; null asks for nothing. */
export function useRunConfig(id: string | null) {
  const { data, loading, error } = useQuery(RunConfigDocument, { variables: { id: id ?? '' }, skip: id === null })
  const config = data?.run.config
  return {
    source: config ? { number: data.run.number, name: data.run.name, config: readRunConfig(config) } : undefined,
    loading,
    error: useMemo((): ApiError | undefined => {
      if (error) return toApiError(error)
      if (!data || data.run.config) return undefined
      const message = data.run.configProblem ?? 'The run has no configuration that a new one could begin with.'
      return { code: 'CONFIG_UNREADABLE', message, issues: [] }
    }, [error, data]),
  }
}
