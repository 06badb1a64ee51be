import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { RunConfigDocument } from '../../data/generated/graphql'
import { readRunConfig } from '../../data/readRunConfig'

/** Reads the configuration of a run, to launch another one like it; null asks for nothing. */
export function useRunConfig(id: string | null) {
  const { data, loading, error } = useQuery(RunConfigDocument, { variables: { id: id ?? '' }, skip: id === null })
  return {
    source: data ? { number: data.run.number, name: data.run.name, config: readRunConfig(data.run.config) } : undefined,
    loading,
    error: useMemo((): ApiError | undefined => (error ? toApiError(error) : undefined), [error]),
  }
}
