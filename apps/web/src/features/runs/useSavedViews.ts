import { useQuery } from '@apollo/client/react'
import { toApiError } from '../../data/apiError'
import { SavedViewsDocument, type SavedViewsQuery } from '../../data/generated/graphql'

export type SavedView = SavedViewsQuery['savedViews'][number]

/** Reads the views that have names; undefined until they are there. */
export function useSavedViews() {
  const { data, error } = useQuery(SavedViewsDocument, { fetchPolicy: 'cache-and-network' })
  return { views: data?.savedViews, error: error && toApiError(error) }
}
