import type { RunProgress } from './live/RunProgress.js'
import type { Run } from './store/RunStore.js'

type MeasuredRun = Pick<Run, 'id' | 'status' | 'epochs' | 'epochsCompleted' | 'trainCount' | 'seconds'>

/** How far an experiment's runs are together. */
export interface ExperimentProgress {
  readonly epochs: number
  readonly epochsCompleted: number
  /** From 0 to 1, the epochs that are being trained counted by their steps. */
  readonly fraction: number
  /** Seconds that the queued and running runs need, judged by the pace of the experiment so far; null while nothing was measured, 0 when none is active. */
  readonly secondsLeft: number | null
}

export interface MeasureProgressOptions {
  readonly progressOf: (runId: string) => RunProgress | undefined
  /** Runs that train at the same time. */
  readonly slots: number
}

/** Measures the progress over the whole of an experiment. */
export function measureProgress(runs: readonly MeasuredRun[], { progressOf, slots }: MeasureProgressOptions): ExperimentProgress {
  const measured = runs.map((run) => ({ run, live: progressOf(run.id) }))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const epochs = sum(runs.map((run) => run.epochs))
  const done = sum(measured.map(epochsDone))
  return {
    epochs,
    epochsCompleted: sum(runs.map((run) => run.epochsCompleted)),
    fraction: epochs === 0 ? 0 : Math.min(1, done / epochs),
    secondsLeft: estimateSecondsLeft(measured, slots),
  }
}

/** Of what runs do besides, before their first epoch and after their last, only their own progress tells. */
function epochsDone({ run, live }: Measured): number {
  const current = live?.stage === 'training' ? live.epoch - 1 + live.step / Math.max(1, live.stepsPerEpoch) : 0
  return Math.max(run.epochsCompleted, current)
}

interface Measured {
  readonly run: MeasuredRun
  readonly live: RunProgress | undefined
}

function estimateSecondsLeft(measured: readonly Measured[], slots: number): number | null {
  const active = measured.filter(({ run }) => run.status === 'QUEUED' || run.status === 'RUNNING')
  if (active.length === 0) return 0
  const paces = measured.flatMap((each) => secondsPerExample(each) ?? [])
  const usual = paces.length === 0 ? null : paces.reduce((total, pace) => total + pace, 0) / paces.length
  const left = active.map(({ run, live }) => {
    if (live?.stage === 'training') return live.secondsLeft
    const pace = secondsPerExample({ run, live }) ?? usual
    if (pace === null) return null
    return (live?.secondsLeft ?? 0) + pace * run.trainCount * Math.max(0, run.epochs - run.epochsCompleted)
  })
  const known = left.filter((seconds) => seconds !== null)
  if (known.length < left.length) return null
  const total = known.reduce((sum, seconds) => sum + seconds, 0)
  return Math.max(total / slots, ...known)
}

/** Evaluation and files included where a whole epoch was measured. */
function secondsPerExample({ run, live }: Measured): number | null {
  if (run.epochsCompleted > 0 && run.seconds !== null) return run.seconds / (run.epochsCompleted * run.trainCount)
  return live?.stage === 'training' && live.imagesPerSecond > 0 ? 1 / live.imagesPerSecond : null
}
