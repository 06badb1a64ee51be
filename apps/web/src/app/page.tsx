import { Suspense } from 'react'
import { RunsPage } from '../features/runs/RunsPage'
import { RunsPageSkeleton } from '../features/runs/RunsSkeleton'

export default function Page() {
  return (
    <Suspense fallback={<RunsPageSkeleton />}>
      <RunsPage />
    </Suspense>
  )
}
