import { AnalysisImages } from '../analysis/AnalysisImages'
import { describeGeneralization } from '../analysis/rowFigures'
import { AnalysisRow } from './AnalysisRow'
import type { RowProps } from './FigureProps'

/** Shows training images, test images and noise above what a run makes of each. */
export function GeneralizationRow({ run, analysis }: RowProps) {
  return (
    <AnalysisRow run={run} analysis={analysis}>
      {({ at, figures, subjects }) =>
        figures.some(({ name }) => name.startsWith('generalization/')) && (
          <AnalysisImages
            key={at}
            figures={figures}
            rows={describeGeneralization(subjects)}
            label={`Training images, test images and noise as ${run.label ?? run.name} reconstructs them`}
          />
        )
      }
    </AnalysisRow>
  )
}
