import { Tooltip } from '@mantine/core'
import type { ProgressStage } from '../../data/generated/graphql'
import classes from './RunStatusLabel.module.css'
import { RunStatusMark } from './RunStatusMark'
import { runFraction } from './runFraction'
import type { RunRow } from './useRunRow'

/** What stands in place of the epochs. */
const stageWords: Partial<Record<ProgressStage, string>> = { PRETRAINING: 'pretraining', MEASURING: 'measuring' }

type RunInState = Pick<RunRow, 'status' | 'progress' | 'error'> & {
  readonly summary: Pick<RunRow['summary'], 'epochs' | 'epochsCompleted'>
}

function wordsOf(progress: RunInState['progress']): string | undefined {
  if (progress?.waitingFor) return 'waiting'
  return stageWords[progress?.stage ?? 'TRAINING']
}

/** Names a run's state; while it trains, how far it is; while it waits for more than its turn, that it does. */
export function RunStatusLabel({ run }: { readonly run: RunInState }) {
  const { status, summary, progress, error } = run
  const label = <RunStatusMark status={status} />
  if (status === 'RUNNING') {
    const percent = Math.round(runFraction(run) * 100)
    return (
      <span className={classes.running}>
        {label}
        <span className={classes.epochs}>{wordsOf(progress) ?? `${summary.epochsCompleted}/${summary.epochs}`}</span>
        <span
          className={classes.track}
          role="progressbar"
          aria-label="Epochs"
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span className={classes.bar} style={{ width: `${percent}%` }} />
        </span>
      </span>
    )
  }
  if (status === 'QUEUED' && progress?.waitingFor)
    return (
      <Tooltip label={progress.waitingFor.message} multiline maw={360}>
        <span className={classes.running}>
          {label}
          <span className={classes.epochs}>waiting</span>
        </span>
      </Tooltip>
    )
  if (error)
    return (
      <Tooltip label={error.message} multiline maw={360}>
        <span>{label}</span>
      </Tooltip>
    )
  return label
}
