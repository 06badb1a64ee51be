import type { ReactNode } from 'react'
import type { AnalysisFieldsFragment } from '../../data/generated/graphql'
import { AnalysisImages } from '../../entities/analysis/AnalysisImages'
import type { DescribedRow } from '../../entities/analysis/rowFigures'

interface StripsOptions {
  /** What the names of its images begin with, before the `/`. */
  readonly of: string
  readonly rows: readonly DescribedRow[]
  readonly label: string
}

/** Lists the images and tensors that a part of an analysis left. */
export function filesOf({ figures }: AnalysisFieldsFragment, part: string): AnalysisFieldsFragment['figures'] {
  return figures.filter(({ name }) => name.startsWith(`${part}/`))
}

/** Draws the images of a part below one another; null where it left none. */
export function drawStrips(analysis: AnalysisFieldsFragment, { of, rows, label }: StripsOptions): ReactNode {
  const figures = filesOf(analysis, of)
  // Another measurement has other images under the same names.
  return figures.length > 0 ? <AnalysisImages key={analysis.at} figures={figures} rows={rows} label={label} /> : null
}
