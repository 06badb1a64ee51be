import { measuredTable } from '../../../entities/analysis/analysisTables'
import { describeInpainting } from '../../../entities/analysis/rowFigures'
import type { AnalysisFigure } from '../AnalysisFigure'
import { drawStrips } from '../drawStrips'

/** Shows what is filled in where half of an image is missing. */
export const inpainting: AnalysisFigure = {
  title: 'Inpainting',
  note: ({ inpainting: filled }) => `The lower half is missing and filled in by encoding and decoding ${filled?.iterations ?? 0} times`,
  table: ({ subjects }) => measuredTable(subjects),
  draw: ({ analysis }) =>
    analysis.inpainting &&
    drawStrips(analysis, {
      of: 'inpainting',
      rows: describeInpainting(analysis.inpainting),
      label: 'Test images with their lower half filled in',
    }),
}
