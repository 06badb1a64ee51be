import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { followLive, saysGivenUp } from '../../data/followLive'
import { type ReportRowFieldsFragment, ReportsChangedDocument, ReportsDocument } from '../../data/generated/graphql'

export type ReportRow = ReportRowFieldsFragment

/** Reads all reports, what was changed last first, and follows them; undefined until they are known. */
export function useReports(): { readonly reports: readonly ReportRow[] | undefined; readonly error: ApiError | null } {
  const client = useApolloClient()
  const { data, error } = useQuery(ReportsDocument, { fetchPolicy: 'cache-and-network' })
  useEffect(() => {
    const what = 'The list of reports'
    const subscription = followLive(client, { what, subscription: ReportsChangedDocument, variables: () => ({}) })
      .pipe(saysGivenUp(what))
      .subscribe(({ reportsChanged }) => client.writeQuery({ query: ReportsDocument, data: { reports: reportsChanged } }))
    return () => subscription.unsubscribe()
  }, [client])
  return { reports: data?.reports, error: error ? toApiError(error) : null }
}
