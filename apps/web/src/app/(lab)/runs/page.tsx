import { Suspense } from 'react'
import { RunsPage } from '../../../features/runs/RunsPage'
import { RunsPageSkeleton } from '../../../features/runs/RunsSkeleton'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Runs" />
      <Suspense fallback={<RunsPageSkeleton />}>
        <RunsPage />
      </Suspense>
    </>
  )
}
