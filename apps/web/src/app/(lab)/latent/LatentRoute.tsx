'use client'

import { Skeleton } from '@mantine/core'
import dynamic from 'next/dynamic'

// It draws on canvases alone: a server has nothing to send of it.
const AcrossPage = dynamic(() => import('../../../features/latent/AcrossPage').then((module) => module.AcrossPage), {
  ssr: false,
  loading: () => <Skeleton height={300} />,
})

/** Opens the page of several runs' latent spaces. */
export function LatentRoute() {
  return <AcrossPage />
}
