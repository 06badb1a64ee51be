import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
import { type ApiError, toApiError } from '../../data/apiError'
import { type ReportRowFieldsFragment, ReportsChangedDocument, ReportsDocument } from '../../data/generated/graphql'
import { resumingSubscription } from '../../data/resumingSubscription'

export type ReportRow = ReportRowFieldsFragment

/** Reads all reports, what was changed last first, and follows them; undefined until they are known. */
export function useReports(): { readonly reports: readonly ReportRow[] | undefined; readonly error: ApiError | null } {
  const client = useApolloClient()
  const { data, error } = useQuery(ReportsDocument, { fetchPolicy: 'cache-and-network' })
  useEffect(() => {
    const subscription = resumingSubscription(client, { subscription: ReportsChangedDocument, variables: () => ({}) }).subscribe({
      next: ({ reportsChanged }) => client.writeQuery({ query: ReportsDocument, data: { reports: reportsChanged } }),
      error: (cause: unknown) => console.error('Changes of reports are no longer told.', cause),
    })
    return () => subscription.unsubscribe()
  }, [client])
  return { reports: data?.reports, error: error ? toApiError(error) : null }
}
