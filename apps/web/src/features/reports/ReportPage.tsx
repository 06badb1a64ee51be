'use client'
import { Skeleton } from '@mantine/core'
import { useState } from 'react'
import { Missing } from '../../ui/Missing'
import { PageTitle } from '../../ui/PageTitle'
import type { DrawPage } from './DrawPage'
import { ReportView } from './ReportView'
import { useReport } from './useReport'

const home = { href: '/reports', label: 'All reports' }

/** Shows one report, and lets everybody write in it. */
export function ReportPage({ id, drawPage }: { readonly id: string; readonly drawPage: DrawPage }) {
  const { report, isMissing, version, error, refetch } = useReport(id)
  const [seen, setSeen] = useState(false)
  if (report && !seen) setSeen(true)
  const content = () => {
    if (isMissing) {
      const gone = 'For some days it lies in the trash, which Storage shows.'
      return <Missing reason={seen ? 'deleted' : 'unknown'} noun="report" article="a" gone={gone} home={home} />
    }
    if (report) return <ReportView report={report} version={version} drawPage={drawPage} onStale={refetch} />
    if (error) return <Missing reason="unreachable" message={error.message} noun="report" article="a" gone="" home={home} />
    return <Skeleton height={300} role="status" aria-label="Loading the report" />
  }
  return (
    <>
      <PageTitle of={report?.name ?? 'Report'} />
      {content()}
    </>
  )
}
