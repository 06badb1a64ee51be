import { useQuery } from '@apollo/client/react'
import { type ApiError, toApiError } from '../../data/apiError'
import { type ReportRowFieldsFragment, ReportsDocument } from '../../data/generated/graphql'

export type ReportRow = ReportRowFieldsFragment

/** Reads all reports, what was changed last first; undefined until they are known. */
export function useReports(): { readonly reports: readonly ReportRow[] | undefined; readonly error: ApiError | null } {
  const { data, error } = useQuery(ReportsDocument, { fetchPolicy: 'cache-and-network' })
  return { reports: data?.reports, error: error ? toApiError(error) : null }
}
