import { Suspense } from 'react'
import { NewRunPage, NewRunPageSkeleton } from '../../../features/launch/NewRunPage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="New run" />
      <Suspense fallback={<NewRunPageSkeleton />}>
        <NewRunPage />
      </Suspense>
    </>
  )
}
