import { Suspense } from 'react'
import { RunsPage } from '../components/RunsPage'
import { RunsPageSkeleton } from '../components/runs/RunsSkeleton'

export default function Page() {
  return (
    <Suspense fallback={<RunsPageSkeleton />}>
      <RunsPage />
    </Suspense>
  )
}
