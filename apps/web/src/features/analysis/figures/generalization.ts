import { measuredTable } from '../../../entities/analysis/analysisTables'
import { describeGeneralization } from '../../../entities/analysis/rowFigures'
import type { AnalysisFigure } from '../AnalysisFigure'
import { drawStrips } from '../drawStrips'

/** Sets what a run was trained on beside what it has never seen. */
export const generalization: AnalysisFigure = {
  title: 'Training, test and noise',
  note: 'Each above its reconstruction; what was learned by heart is good on training images alone, what has learned to copy on noise too',
  table: ({ subjects }) => measuredTable(subjects),
  draw: ({ analysis }) =>
    drawStrips(analysis, {
      of: 'generalization',
      rows: describeGeneralization(analysis.subjects, analysis.principalComponents),
      label: 'Training images, test images and noise, each above its reconstruction',
    }),
}
