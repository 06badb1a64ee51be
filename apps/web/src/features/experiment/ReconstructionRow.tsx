'use client'

import { PointReconstructionFigure } from '../../entities/run/PointReconstructionFigure'
import { runStatuses } from '../../entities/run/runStatus'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { useExamples } from '../../files/useExamples'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { FigureRow } from './FigureRow'
import classes from './ReconstructionRow.module.css'
import { runFacts } from './runFacts'
import { StripPair } from './StripPair'
import { similarityOf } from './similarityOf'
import type { ExperimentRun } from './useExperiment'
import { Waiting } from './Waiting'

/** Shows what a run makes of the test examples after its latest epoch, or that of the model that stands for it. */
export function ReconstructionRow({ run, analysis }: RowProps) {
  const { reconstructions, failed, retry } = useReconstructions(run.id, run.finalEpoch)
  const { images, points, error, retry: reload } = useExamples(reconstructions)
  const label = run.label ?? run.name
  return (
    <FigureRow run={run} facts={runFacts(run, similarityOf(analysis))}>
      {images ? <StripPair label={label} strips={images} /> : null}
      {points ? (
        <div className={classes.points}>
          <PointReconstructionFigure {...points} />
        </div>
      ) : null}
      {images || points ? null : failed || error ? (
        <Unread what="The reconstructions" onRetry={failed ? retry : reload} />
      ) : (
        <Waiting>{waitingText(run)}</Waiting>
      )}
    </FigureRow>
  )
}

function waitingText({ status, summary }: ExperimentRun): string {
  if (summary.epochsCompleted > 0) return ''
  if (!runStatuses[status].active) return 'No epoch was finished, so there is nothing to draw.'
  return status === 'QUEUED' ? 'Waiting for its turn.' : 'The first epoch is being trained.'
}
