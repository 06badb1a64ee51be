import { VisuallyHidden } from '@mantine/core'
import { formatCount, formatEstimate } from '../../ui/formatQuantity'
import { TermLink } from '../../ui/TermLink'
import { describeCounts } from './describeExperiment'
import classes from './ExperimentProgress.module.css'
import { ProgressTrack } from './ProgressTrack'
import type { ExperimentRow } from './useExperiments'

interface ExperimentProgressProps {
  readonly counts: ExperimentRow['statusCounts']
  readonly progress: ExperimentRow['progress']
  readonly isActive: boolean
}

/** Shows how far an experiment is as a whole; once nothing trains, quietly, what was done. */
export function ExperimentProgress({ counts, progress, isActive }: ExperimentProgressProps) {
  const epochs = `${formatCount(progress.epochsCompleted)} / ${formatCount(progress.epochs)}`
  return (
    <div className={classes.root} data-testid="experiment-progress">
      {isActive ? <ProgressTrack label="Progress of the experiment" fraction={progress.fraction} /> : null}
      <dl className={classes.figures}>
        <div className={classes.figure}>
          <VisuallyHidden component="dt">Runs</VisuallyHidden>
          <dd>{describeCounts(counts)}</dd>
        </div>
        <div className={classes.figure}>
          <dt>
            <TermLink term="epoch">Epochs</TermLink>
          </dt>
          <dd>{epochs}</dd>
        </div>
        {isActive ? (
          <div className={classes.figure}>
            <dt>Left</dt>
            <dd>{progress.secondsLeft === null ? 'not known yet' : `about ${formatEstimate(progress.secondsLeft)}`}</dd>
          </div>
        ) : null}
      </dl>
    </div>
  )
}
