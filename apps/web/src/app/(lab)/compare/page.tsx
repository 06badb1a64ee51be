import { Suspense } from 'react'
import { ComparePage } from '../../../features/compare/ComparePage'
import { PageTitle } from '../../../ui/PageTitle'

export default function Page() {
  return (
    <>
      <PageTitle of="Compare" />
      <Suspense>
        <ComparePage />
      </Suspense>
    </>
  )
}
