import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { type ApiError, toApiError } from '../graphql/apiError'
import { RunConfigDocument } from '../graphql/generated/graphql'
import { readRunConfig } from '../graphql/readRunConfig'

/** Reads the configuration of a run, to launch another one like it; null asks for nothing. */
export function useRunConfig(id: string | null) {
  const { data, loading, error } = useQuery(RunConfigDocument, { variables: { id: id ?? '' }, skip: id === null })
  return {
    source: data ? { number: data.run.number, name: data.run.name, config: readRunConfig(data.run.config) } : undefined,
    loading,
    error: useMemo((): ApiError | undefined => (error ? toApiError(error) : undefined), [error]),
  }
}
