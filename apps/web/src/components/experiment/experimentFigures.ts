import type { ComponentType } from 'react'
import type { ExperimentFigure } from '../../graphql/generated/graphql'
import type { ExperimentRun } from '../../hooks/useExperiment'
import { CodesRow } from './CodesRow'
import { ReconstructionRow } from './ReconstructionRow'

interface FigureDescription {
  readonly title: string
  readonly note: string
  /** What the figure shows of one run. */
  readonly Row: ComponentType<{ readonly run: ExperimentRun }>
}

/** What experiments can show of their runs. */
export const experimentFigures: Readonly<Record<ExperimentFigure, FigureDescription>> = {
  RECONSTRUCTIONS: {
    title: 'Reconstructions',
    note: 'For each run the same test examples above, and what it makes of them below; between them what it sees, where that is corrupted',
    Row: ReconstructionRow,
  },
  CODES: { title: 'Codes', note: 'For each run the codes of test examples over the two dimensions that vary most', Row: CodesRow },
}
