import { Suspense } from 'react'
import { RunsPage } from '../../../features/runs/RunsPage'
import { RunsPageSkeleton } from '../../../features/runs/RunsSkeleton'
import { PageTitle } from '../../../ui/PageTitle'

/** Opens the table of runs. */
export function RunsRoute() {
  return (
    <>
      <PageTitle of="Runs" />
      <Suspense fallback={<RunsPageSkeleton />}>
        <RunsPage />
      </Suspense>
    </>
  )
}
