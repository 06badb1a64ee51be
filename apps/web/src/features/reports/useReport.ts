import { useQuery } from '@apollo/client/react'
import { useEffect } from 'react'
import { type ApiError, REPORT_NOT_FOUND, toApiError } from '../../data/apiError'
import { ReportDocument, type ReportFieldsFragment, ReportRevisionDocument } from '../../data/generated/graphql'

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

/** Reads a report, and again once somebody has changed it: others may write in it too. */
export function useReport(id: string): ReadReport {
  const { data, error, refetch } = useQuery(ReportDocument, { variables: { id }, fetchPolicy: 'cache-and-network' })
  const { data: asked, error: askedError } = useQuery(ReportRevisionDocument, {
    variables: { id },
    // It would say of the report that is shown what that does not say yet.
    fetchPolicy: 'no-cache',
    pollInterval: EVERY,
    skipPollAttempt: () => document.hidden,
  })
  const report = data?.report
  const newest = asked?.report.revision
  const isBehind = report !== undefined && newest !== undefined && newest > report.revision
  // biome-ignore lint/correctness/useExhaustiveDependencies: each newer revision is asked for
  useEffect(() => {
    if (isBehind) void refetch()
  }, [isBehind, newest, refetch])
  const failure = [error, askedError].map((each) => (each ? toApiError(each) : null))
  return {
    report,
    version: data?.lab.version ?? '',
    error: failure.find((each) => each?.code === REPORT_NOT_FOUND) ?? failure[0] ?? null,
    refetch: () => void refetch(),
  }
}
