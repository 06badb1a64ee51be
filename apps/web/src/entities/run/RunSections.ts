import type { ComponentType } from 'react'
import type { DecodedStrips } from '../../files/useExamples'
import type { Run } from './useRun'

export interface AnalysisSectionProps {
  readonly run: Run
  /** Has the run measured on test data. */
  readonly onAnalyze: () => void
}

/** What of the latent space a run's page keeps in its address. */
export interface LatentView {
  /** Moved dimensions of the code, in the short form of `writeCode`. */
  readonly z: string | null
  /** What the sliders move along. */
  readonly along: 'units' | 'directions'
  /** Which codes are drawn from a variational autoencoder’s prior. */
  readonly draw: number
}

export interface LatentSectionProps {
  readonly run: Run
  readonly epoch: number
  /** Test images, or the interleaved coordinates of test points; null while they load. */
  readonly examples: DecodedStrips | Float32Array | null
  readonly view: LatentView
  readonly onView: (changes: Partial<LatentView>) => void
  /** Has the page show another epoch. */
  readonly onEpoch: (epoch: number) => void
}

/** Sections of a run's page that are features of their own; the route says which. */
export interface RunSections {
  readonly Analysis: ComponentType<AnalysisSectionProps>
  readonly Latent: ComponentType<LatentSectionProps>
}
