import { Suspense } from 'react'
import { PageTitle } from '../../../ui/PageTitle'
import { LatentRoute } from './LatentRoute'

export default function Page() {
  return (
    <>
      <PageTitle of="Latent spaces" />
      <Suspense>
        <LatentRoute />
      </Suspense>
    </>
  )
}
