import type { Metadata } from 'next'
import { Suspense } from 'react'
import { NewRunPage, NewRunPageSkeleton } from '../../features/launch/NewRunPage'

export const metadata: Metadata = { title: 'New run' }

export default function Page() {
  return (
    <Suspense fallback={<NewRunPageSkeleton />}>
      <NewRunPage />
    </Suspense>
  )
}
