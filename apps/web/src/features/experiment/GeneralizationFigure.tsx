import { isNoise } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { AnalysisImages } from '../../entities/analysis/AnalysisImages'
import { generalizationTable } from '../../entities/analysis/analysisTables'
import { describeGeneralization } from '../../entities/analysis/rowFigures'
import { formatLoss } from '../../ui/formatQuantity'
import type { ImageRow } from '../../ui/ImageRows'
import { AnalysisRow } from './AnalysisRow'
import type { FigureProps, RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import type { ExperimentRun } from './useExperiment'
import { useForeignImages } from './useForeignImages'

/**
 * Shows training images, test images, noise, and images that another run of the experiment was trained for, each above what a run makes of
 * them.
 */
export function GeneralizationFigure({ runs, analyses }: FigureProps) {
  return runs.map((run) => (
    <GeneralizationRow key={run.id} run={run} analysis={analyses.get(run.id)} other={runs.find((each) => isForeign(each, run)) ?? null} />
  ))
}

/** Noise is shown to every run as it is. */
const isForeign = ({ dataset }: ExperimentRun, { dataset: own }: ExperimentRun) =>
  dataset.id !== own.id && !isNoise(dataset.id) && dataset.exampleShape.join() === own.exampleShape.join()

interface GeneralizationRowProps extends RowProps {
  /** A run that was trained for other images. */
  readonly other: ExperimentRun | null
}

function GeneralizationRow({ run, analysis, other }: GeneralizationRowProps) {
  const foreign = useForeignImages(run, other)
  const subjects = analysis?.subjects
  const numbers = useMemo(() => (subjects ? () => generalizationTable(subjects, foreign) : null), [subjects, foreign])
  useRowNumbers(run.id, numbers)
  const others: readonly ImageRow[] = foreign
    ? [
        {
          id: 'foreign',
          title: `Test images of ${foreign.dataset}`,
          figures: `MSE ${formatLoss(foreign.meanSquaredError)} of these ${foreign.count}`,
          strips: [foreign.originals, foreign.reconstructions],
          count: foreign.count,
        },
      ]
    : []
  return (
    <AnalysisRow run={run} analysis={analysis}>
      {({ at, figures, subjects: measured, principalComponents }) =>
        figures.some(({ name }) => name.startsWith('generalization/')) && (
          <AnalysisImages
            key={at}
            figures={figures}
            rows={describeGeneralization(measured, principalComponents)}
            others={others}
            label={`Training images, test images and noise as ${run.label ?? run.name} reconstructs them`}
          />
        )
      }
    </AnalysisRow>
  )
}
