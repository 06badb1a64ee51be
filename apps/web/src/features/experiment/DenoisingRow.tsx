import { AnalysisImages } from '../../entities/analysis/AnalysisImages'
import { describeDenoising } from '../../entities/analysis/rowFigures'
import { AnalysisRow } from './AnalysisRow'
import type { RowProps } from './FigureProps'

/** Shows corrupted test images, and what a run and filters that see the same make of them. */
export function DenoisingRow({ run, analysis }: RowProps) {
  return (
    <AnalysisRow run={run} analysis={analysis}>
      {({ at, figures, subjects, principalComponents }) =>
        subjects.some(({ subject }) => subject === 'CORRUPTED') && (
          <AnalysisImages
            key={at}
            figures={figures}
            rows={describeDenoising(subjects, principalComponents)}
            label={`Test images as ${run.label ?? run.name} and filters denoise them`}
          />
        )
      }
    </AnalysisRow>
  )
}
