import { Suspense } from 'react'
import { ExperimentPage } from '../../../../features/experiment/ExperimentPage'
import { ExperimentSkeleton } from '../../../../features/experiment/ExperimentSkeleton'

export default async function Page({ params }: { readonly params: Promise<{ id: string }> }) {
  const { id } = await params
  return (
    <Suspense fallback={<ExperimentSkeleton />}>
      <ExperimentPage key={id} id={decodeURIComponent(id)} />
    </Suspense>
  )
}
