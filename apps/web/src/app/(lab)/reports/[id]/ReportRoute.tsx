'use client'
import { lazy, type ReactNode } from 'react'
import { ReportPage } from '../../../../features/reports/ReportPage'

// Reports without live figures need none of them.
const ComparePage = lazy(async () => ({ default: (await import('../../../../features/compare/ComparePage')).ComparePage }))
const ExperimentPage = lazy(async () => ({ default: (await import('../../../../features/experiment/ExperimentPage')).ExperimentPage }))
const RunRoute = lazy(async () => ({ default: (await import('../../runs/[id]/RunRoute')).RunRoute }))

/** Draws the pages whose figures can be live in reports. */
function drawPage(pathname: string): ReactNode | null {
  if (pathname === '/compare') return <ComparePage />
  const [, kind, written = ''] = /^\/(runs|experiments)\/([^/]+)$/.exec(pathname) ?? []
  const id = decodeURIComponent(written)
  if (kind === 'runs') return <RunRoute id={id} />
  return kind === 'experiments' ? <ExperimentPage id={id} /> : null
}

/** Gives the page of a report what draws the others. */
export function ReportRoute({ id }: { readonly id: string }) {
  return <ReportPage id={id} drawPage={drawPage} />
}
