import { AnalysisImages } from '../../entities/analysis/AnalysisImages'
import { describeCompression } from '../../entities/analysis/rowFigures'
import { AnalysisRow } from './AnalysisRow'
import type { RowProps } from './FigureProps'

/** Shows test images as a run's codes and JPEG bring them through about as many bits. */
export function CompressionRow({ run, analysis }: RowProps) {
  return (
    <AnalysisRow run={run} analysis={analysis}>
      {({ at, figures, rateDistortion }) =>
        rateDistortion.some(({ pictures }) => pictures.length > 0) ? (
          <AnalysisImages
            key={at}
            figures={figures}
            rows={describeCompression(rateDistortion)}
            label={`Test images decoded of about as many bits by ${run.label ?? run.name} and by JPEG`}
          />
        ) : null
      }
    </AnalysisRow>
  )
}
