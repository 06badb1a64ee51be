import type { ReactNode } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import type { Run } from '../../entities/run/useRun'
import type { FigureTable } from '../../ui/FigureSource'

export interface AnalysedRun {
  readonly run: Run
  readonly analysis: AnalysisFieldsFragment
}

/** A figure of what a run was measured with. Its frame (heading, note, image and table to take away) is the page's. */
export interface AnalysisFigure {
  readonly title: string
  readonly note: string | ((analysis: AnalysisFieldsFragment) => string)
  /** Its numbers. */
  readonly table: (analysis: AnalysisFieldsFragment) => FigureTable | Promise<FigureTable>
  /** Whether it begins with a drawing of lines and text, which can be taken away as such. @default no */
  readonly isDrawing?: (analysis: AnalysisFieldsFragment) => boolean
  /** Draws it; null where it does not apply to the run. */
  readonly draw: (shown: AnalysedRun) => ReactNode
}
