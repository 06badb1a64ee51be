import { useQuery } from '@apollo/client/react'
import { type ApiError, toApiError } from '../../data/apiError'
import { RunExtensionDocument } from '../../data/generated/graphql'

/** Reads what giving a run more epochs comes to, anew each time somebody asks: files come and go. */
export function useRunExtension(id: string) {
  const { data, error } = useQuery(RunExtensionDocument, { variables: { id }, fetchPolicy: 'network-only' })
  const problem: ApiError | null = error ? toApiError(error) : null
  return { extension: data?.run.extension ?? null, error: problem }
}
