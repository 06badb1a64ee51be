'use client'

import { Skeleton } from '@mantine/core'
import dynamic from 'next/dynamic'
import { AnalysisSection } from '../../../../features/analysis/AnalysisSection'
import { LatentFigures } from '../../../../features/latent/LatentFigures'
import { RunPage } from '../../../../features/run/RunPage'

// Who does not open the latent space does not load it.
const LatentExplorer = dynamic(() => import('../../../../features/latent/LatentExplorer').then((module) => module.LatentExplorer), {
  ssr: false,
  loading: () => <Skeleton height={300} />,
})

const sections = { Analysis: AnalysisSection, LatentFigures, LatentExplorer }

/** Puts the features of a run's page together. */
export function RunRoute({ id }: { readonly id: string }) {
  return <RunPage id={id} sections={sections} />
}
