import { useQuery } from '@apollo/client/react'
import { type ApiError, toApiError } from '../../data/apiError'
import { ReportDocument, type ReportFieldsFragment } from '../../data/generated/graphql'

export type Report = ReportFieldsFragment
export type ReportBlock = Report['blocks'][number]
export type ReportFigure = NonNullable<ReportBlock['figure']>

/** How often it is asked whether somebody changed the report, in milliseconds. */
const EVERY = 5_000

export interface ReadReport {
  /** Undefined until it is known. */
  readonly report: Report | undefined
  /** Of the lab that shows it. */
  readonly version: string
  readonly error: ApiError | null
  readonly refetch: () => void
}

/** Reads a report, and again while it is looked at: others may write in it too. */
export function useReport(id: string): ReadReport {
  const { data, error, refetch } = useQuery(ReportDocument, {
    variables: { id },
    fetchPolicy: 'cache-and-network',
    pollInterval: EVERY,
    skipPollAttempt: () => document.hidden,
  })
  return { report: data?.report, version: data?.lab.version ?? '', error: error ? toApiError(error) : null, refetch: () => void refetch() }
}
