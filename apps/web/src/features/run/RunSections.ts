import type { ComponentType } from 'react'
import type { Run } from '../../entities/run/useRun'
import type { DecodedStrips } from '../../files/useExamples'

export interface AnalysisSectionProps {
  readonly run: Run
  /** Has the run measured on test data. */
  readonly onAnalyze: () => void
}

export interface LatentSectionProps {
  readonly run: Run
  readonly epoch: number
  readonly examples: DecodedStrips | Float32Array | null
  readonly linkedCode: string | null
  readonly onCode: (code: string | null) => void
  /** What the sliders move along. */
  readonly along: 'units' | 'directions'
  readonly onAlong: (along: 'units' | 'directions') => void
  /** Which codes are drawn from a variational autoencoder’s prior. */
  readonly draw: number
  readonly onDraw: (draw: number) => void
}

/** Sections of a run's page that are features of their own; the route says which. */
export interface RunSections {
  readonly Analysis: ComponentType<AnalysisSectionProps>
  readonly Latent: ComponentType<LatentSectionProps>
}
