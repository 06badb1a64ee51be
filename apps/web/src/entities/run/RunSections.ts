import type { CodeRangeKind, DimensionOrder } from '@hourglass/autoencoders/latent'
import type { ComponentType, ReactNode } from 'react'
import type { DecodedStrips } from '../../files/useExamples'
import type { Run } from './useRun'

export interface AnalysisSectionProps {
  readonly run: Run
  /** Has the run measured on test data. */
  readonly onAnalyze: () => void
}

/** What of the latent space a run's page keeps in its address. */
export interface LatentView {
  /** Moved dimensions of the code, or all of them, in the short form of `writeCode`. */
  readonly z: string | null
  /** What the sliders move along. */
  readonly along: 'units' | 'directions' | 'named'
  /** Order of the sliders; null where nobody chose one. */
  readonly order: DimensionOrder | null
  /** What the sliders reach over. */
  readonly range: CodeRangeKind
  /** What the map lays codes out by: `principal`, or units, `z1-z4`; null where nobody chose. */
  readonly map: string | null
  /** The epoch that the map is fitted to, where that is not the one that is shown. */
  readonly fit: number | null
  /** Which examples the map shows. */
  readonly of: 'kept' | 'sample' | 'all'
  readonly colour: 'class' | 'error' | 'cluster'
  /** Classes that the map leaves out, `3_5`. */
  readonly hide: string | null
  /** Directions between the means of classes, `7-1_3-0` from 1 to 7 and from 0 to 3. */
  readonly named: string | null
  /** Directions towards selections, with their names; examples that are selected; codes that a path goes through: where they are few enough for a link. */
  readonly towards: string | null
  readonly selected: string | null
  readonly stops: string | null
  /** Of the grid its axes and how many images a side has, `p1-z3-20`; null for the usual one. */
  readonly grid: string | null
  /** What somebody has drawn, the noise on it, and what is rubbed out of it, as `DrawLink` tells. */
  readonly drawn: string | null
  readonly noise: string | null
  readonly rubbed: string | null
  /** Which codes are drawn from a variational autoencoder’s prior. */
  readonly draw: number
}

interface LatentProps {
  readonly run: Run
  /** Epoch whose model and codes are kept. */
  readonly epoch: number
  /** Test images, or the interleaved coordinates of test points; null while they load. */
  readonly examples: DecodedStrips | Float32Array | null
}

export interface LatentFiguresProps extends LatentProps {
  /** Which codes are drawn from the prior. */
  readonly draw: number
  readonly onDraw: (draw: number) => void
}

export interface LatentExplorerProps extends LatentProps {
  /** Whether epochs follow each other: while they are played, and while the run trains and the newest is shown. */
  readonly isMoving: boolean
  readonly view: LatentView
  readonly onView: (changes: Partial<LatentView>) => void
  /** Chooses and plays epochs, for what takes the whole screen. */
  readonly scrubber: ReactNode
  /** Has the page show another epoch. */
  readonly onEpoch: (epoch: number) => void
}

/** Sections of a run's page that are features of their own; the route says which. */
export interface RunSections {
  readonly Analysis: ComponentType<AnalysisSectionProps>
  readonly LatentFigures: ComponentType<LatentFiguresProps>
  readonly LatentExplorer: ComponentType<LatentExplorerProps>
}
