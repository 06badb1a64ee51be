import { Suspense } from 'react'
import { PageTitle } from '../../../ui/PageTitle'
import { TaskRoute } from './TaskRoute'

export default function Page() {
  return (
    <>
      <PageTitle of="Task" />
      <Suspense>
        <TaskRoute />
      </Suspense>
    </>
  )
}
