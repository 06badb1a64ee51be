import { useQuery } from '@apollo/client/react'
import { useCallback } from 'react'
import { toApiError } from '../../data/apiError'
import { StorageDocument, type StorageQueryVariables } from '../../data/generated/graphql'

/** Reads what uses how much; keeps the previous page until the next is there. */
export function useStorage(variables: StorageQueryVariables) {
  const { data, previousData, error, refetch } = useQuery(StorageDocument, { variables, fetchPolicy: 'cache-and-network' })
  const readAgain = useCallback(() => void refetch(), [refetch])
  return { storage: (data ?? previousData)?.storage, error: error && toApiError(error), refetch: readAgain }
}
