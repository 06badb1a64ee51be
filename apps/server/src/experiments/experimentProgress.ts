import type { RunCost } from '../machine/runCost.js'
import type { RunProgress } from '../runs/RunProgress.js'
import type { Run } from '../runs/RunStore.js'

/** A run, and what all of it costs; null where that is not known. */
export type CostedRun = Pick<Run, 'id' | 'status' | 'epochs' | 'epochsCompleted' | 'trainCount' | 'seconds'> & {
  readonly cost: RunCost | null
}

/** How far an experiment's runs are together. */
export interface ExperimentProgress {
  readonly epochs: number
  readonly epochsCompleted: number
  /** From 0 to 1: runs count by what they cost, the epochs that are being trained by their steps. */
  readonly fraction: number
  /**
   * Seconds that the queued and running runs need, judged by what they cost and the pace of the experiment so far; null while neither that nor the machine
   * was measured, 0 when none is active.
   */
  readonly secondsLeft: number | null
}

export interface MeasureProgressOptions {
  readonly progressOf: (runId: string) => RunProgress | undefined
  /** Runs that train at the same time. */
  readonly slots: number
}

/** Measures the progress over the whole of an experiment. */
export function measureProgress(runs: readonly CostedRun[], { progressOf, slots }: MeasureProgressOptions): ExperimentProgress {
  const isCosted = runs.every(({ cost }) => cost !== null)
  const measured = runs.map((run) => ({
    run,
    live: progressOf(run.id),
    cost: (isCosted ? run.cost : null) ?? costByExamples(run),
    isCosted,
  }))
  const total = sum(measured.map(({ cost }) => costOf(cost)))
  return {
    epochs: sum(runs.map((run) => run.epochs)),
    epochsCompleted: sum(runs.map((run) => run.epochsCompleted)),
    fraction: total === 0 ? 0 : Math.min(1, sum(measured.map(costDone)) / total),
    secondsLeft: estimateSecondsLeft(measured, slots),
  }
}

interface Measured {
  readonly run: CostedRun
  readonly live: RunProgress | undefined
  readonly cost: RunCost
  /** Whether that is more than its examples. */
  readonly isCosted: boolean
}

/** Stands in for what a run costs until that was counted: each example costs the same. */
function costByExamples({ epochs, trainCount }: CostedRun): RunCost {
  return { setUp: 0, epochs: epochs * trainCount, analysis: 0, isMeasured: false }
}

function costOf({ setUp, epochs, analysis }: RunCost): number {
  return setUp + epochs + analysis
}

function costDone({ run, live, cost }: Measured): number {
  if (run.status === 'COMPLETED') return costOf(cost)
  const trained = shareTrained(run, live)
  if (trained > 0 || live?.stage === 'training') return cost.setUp + cost.epochs * trained
  return live?.stage === 'pretraining' ? cost.setUp * shareOfEpoch(live) : 0
}

/** From 0 to 1, of all epochs of a run. */
function shareTrained({ epochs, epochsCompleted }: CostedRun, live: RunProgress | undefined): number {
  const current = live?.stage === 'training' ? live.epoch - 1 + shareOfEpoch(live) : 0
  return Math.min(1, Math.max(epochsCompleted, current) / epochs)
}

/** From 0 to 1, of the epoch that is being trained, or of all pretraining. */
function shareOfEpoch({ step, stepsPerEpoch }: RunProgress): number {
  return Math.min(1, step / Math.max(1, stepsPerEpoch))
}

function estimateSecondsLeft(measured: readonly Measured[], slots: number): number | null {
  const active = measured.filter(({ run }) => run.status === 'QUEUED' || run.status === 'RUNNING')
  if (active.length === 0) return 0
  const usual = usualPace(measured)
  const left = active.map((each) => {
    const { run, live, cost } = each
    const pace = paceOf(each) ?? usual
    if (live?.stage === 'training') return live.secondsLeft + (pace ?? 0) * cost.analysis
    if (pace === null) return null
    const setUp = run.epochsCompleted > 0 || live ? 0 : cost.setUp
    return (live?.secondsLeft ?? 0) + pace * (setUp + cost.epochs * (1 - shareTrained(run, undefined)) + cost.analysis)
  })
  const known = left.filter((seconds) => seconds !== null)
  if (known.length < left.length) return null
  return Math.max(sum(known) / slots, ...known)
}

/** Seconds for each that runs cost: over all that was trained so far, or 1 where that was foretold for this machine. */
function usualPace(measured: readonly Measured[]): number | null {
  const trained = measured.flatMap((each) => secondsTrained(each) ?? [])
  if (trained.length > 0) return sum(trained.map(({ seconds }) => seconds)) / sum(trained.map(({ cost }) => cost))
  return measured.every(({ cost }) => cost.isMeasured) ? 1 : null
}

function paceOf(each: Measured): number | null {
  const trained = secondsTrained(each)
  return trained && trained.seconds / trained.cost
}

/** What a run has cost and how long that took, evaluation and files included; in its first epoch what it still costs, and says itself that it will take. */
function secondsTrained({ run, live, cost, isCosted }: Measured): { readonly seconds: number; readonly cost: number } | null {
  if (run.epochsCompleted > 0 && run.seconds !== null)
    return { seconds: run.seconds, cost: (cost.epochs * run.epochsCompleted) / run.epochs }
  // Counted by examples alone, a first epoch says too little of runs of another kind.
  if (!isCosted || live?.stage !== 'training' || live.imagesPerSecond <= 0) return null
  const left = cost.epochs * (1 - shareTrained(run, live))
  return left > 0 ? { seconds: live.secondsLeft, cost: left } : null
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
