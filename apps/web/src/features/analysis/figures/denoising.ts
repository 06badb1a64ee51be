import { measuredTable } from '../../../entities/analysis/analysisTables'
import { describeDenoising } from '../../../entities/analysis/rowFigures'
import type { AnalysisFigure } from '../AnalysisFigure'
import { drawStrips } from '../drawStrips'

/** Shows corrupted test images and what removes their noise. */
export const denoising: AnalysisFigure = {
  title: 'Denoising',
  note: 'Test images, corrupted as in training, and what removes the noise',
  table: ({ subjects }) => measuredTable(subjects),
  draw: ({ analysis }) =>
    drawStrips(analysis, {
      of: 'denoising',
      rows: describeDenoising(analysis.subjects, analysis.principalComponents),
      label: 'Denoised test images',
    }),
}
