import { useQuery } from '@apollo/client/react'
import { useMemo } from 'react'
import { toApiError } from '../../data/apiError'
import { type ExperimentRowFieldsFragment, ExperimentsDocument } from '../../data/generated/graphql'

export type ExperimentRow = ExperimentRowFieldsFragment

const PAGE_SIZE = 20
/** All of them are asked for at once then, as far as one request may. */
const FURTHER_PAGE_SIZE = 100

/** Reads the experiments that were launched, the newest first, page by page. The app's subscription keeps them current. */
export function useExperiments() {
  const { data, error, fetchMore } = useQuery(ExperimentsDocument, { variables: { first: PAGE_SIZE }, fetchPolicy: 'cache-and-network' })
  const page = data?.experiments
  const after = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  return {
    experiments: page?.nodes as readonly ExperimentRow[] | undefined,
    totalCount: page?.totalCount ?? 0,
    loadMore: after === null ? undefined : () => fetchMore({ variables: { first: FURTHER_PAGE_SIZE, after } }),
    error: useMemo(() => (error ? toApiError(error) : undefined), [error]),
  }
}
