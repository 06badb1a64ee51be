import { measurementTerm, subjectTerm } from '@hourglass/autoencoders'
import { AnalysisImages } from '../../entities/analysis/AnalysisImages'
import { describeInpainting } from '../../entities/analysis/rowFigures'
import { formatLoss } from '../../ui/formatQuantity'
import { AnalysisRow } from './AnalysisRow'
import type { RowProps } from './FigureProps'

/** Shows test images whose lower half a run filled in. */
export function InpaintingRow({ run, analysis }: RowProps) {
  return (
    <AnalysisRow
      run={run}
      analysis={analysis}
      facts={({ inpainting }) =>
        inpainting
          ? [
              { name: 'Missing half', value: formatLoss(inpainting.meanSquaredError), term: measurementTerm('inpaintingMeanSquaredError') },
              { name: 'Mean image there', value: formatLoss(inpainting.meanImageMeanSquaredError), term: subjectTerm('MEAN_IMAGE') },
            ]
          : []
      }
    >
      {({ at, figures, inpainting }) =>
        inpainting && (
          <AnalysisImages
            key={at}
            figures={figures}
            rows={describeInpainting(inpainting)}
            label={`Test images with their lower half filled in by ${run.label ?? run.name}`}
          />
        )
      }
    </AnalysisRow>
  )
}
