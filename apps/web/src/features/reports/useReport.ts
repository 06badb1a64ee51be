import { useApolloClient, useQuery } from '@apollo/client/react'
import { useEffect, useState } from 'react'
import { type ApiError, REPORT_NOT_FOUND, toApiError } from '../../data/apiError'
import { followLive, saysGivenUp } from '../../data/followLive'
import { ReportChangedDocument, ReportDocument, type ReportFieldsFragment } from '../../data/generated/graphql'

export type Report = ReportFieldsFragment
export type ReportBlock = Report['blocks'][number]
export type ReportFigure = NonNullable<ReportBlock['figure']>

export interface ReadReport {
  /** Undefined until it is known. */
  readonly report: Report | undefined
  /** Whether there is none, or it is in the trash. */
  readonly isMissing: boolean
  /** Of the lab that shows it. */
  readonly version: string
  readonly error: ApiError | null
  readonly refetch: () => void
}

/** Reads a report, and again once somebody has changed it: others may write in it too. */
export function useReport(id: string): ReadReport {
  const { data, error, refetch } = useQuery(ReportDocument, { variables: { id }, fetchPolicy: 'cache-and-network' })
  const newest = useNewestRevision(id)
  const report = data?.report
  const isRead = report !== undefined || error !== undefined
  const isBehind = isRead && typeof newest === 'number' && newest > (report?.revision ?? 0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each newer revision is asked for
  useEffect(() => {
    if (isBehind) void refetch()
  }, [isBehind, newest, refetch])
  const failure = error ? toApiError(error) : null
  return {
    report,
    isMissing: newest === null || (newest === undefined && failure?.code === REPORT_NOT_FOUND),
    version: data?.lab.version ?? '',
    error: failure,
    refetch: () => void refetch(),
  }
}

/** Follows how often a report was changed; undefined until that is known, null while there is no such report. */
function useNewestRevision(id: string): number | null | undefined {
  const client = useApolloClient()
  const [newest, setNewest] = useState<number | null | undefined>(undefined)
  useEffect(() => {
    const what = 'This report'
    const subscription = followLive(client, { what, subscription: ReportChangedDocument, variables: () => ({ id }) })
      .pipe(saysGivenUp(what))
      .subscribe(({ reportChanged }) => setNewest(reportChanged?.revision ?? null))
    return () => subscription.unsubscribe()
  }, [client, id])
  return newest
}
