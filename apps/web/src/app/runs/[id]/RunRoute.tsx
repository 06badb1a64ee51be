'use client'

import { AnalysisSection } from '../../../features/analysis/AnalysisSection'
import { LatentSection } from '../../../features/latent/LatentSection'
import { RunPage } from '../../../features/run/RunPage'

const sections = { Analysis: AnalysisSection, Latent: LatentSection }

/** Puts the features of a run's page together. */
export function RunRoute({ id }: { readonly id: string }) {
  return <RunPage id={id} sections={sections} />
}
