import type { CountedWork } from './countWork.js'
import type { StageSeconds } from './StageSeconds.js'

/** How far one run is, what it weighs, and how long its stages are estimated to take. */
export interface RunState {
  /** `ended` is every end but completion. */
  readonly status: 'queued' | 'running' | 'completed' | 'ended'
  readonly epochs: number
  readonly epochsCompleted: number
  readonly work: CountedWork
  readonly estimate: StageSeconds
  /** What its worker does; undefined where nothing is known of that. */
  readonly live?: LiveStage | undefined
}

export interface LiveStage {
  readonly stage: 'starting' | 'pretraining' | 'training' | 'measuring'
  /** The epoch that is being trained; 0 before the first. */
  readonly epoch: number
  /** From 0 to 1, of that epoch's steps or of all pretraining. */
  readonly share: number
  /** Since that stage began; of training, since its epoch did. */
  readonly elapsedSeconds: number
  /** What an epoch after the first takes by the clock in this very run, as EpochPace has it; undefined before that is known. */
  readonly epochSeconds?: number | undefined
}

export interface RunsProgress {
  /** From 0 to 1. */
  readonly fraction: number
  /** Until no run is active; null where that of one is not known, 0 when none is active. */
  readonly secondsLeft: number | null
}

export interface ProgressOptions {
  /** Runs that train at the same time. */
  readonly slots: number
  /** The highest fraction so far: work that is lost and done again does not take it back. @default 0 */
  readonly atLeast?: number | undefined
}

/**
 * Tells how far runs are together. The fraction weighs them by their counted work, which no estimate changes, so it never falls as they go on. The time left
 * is the sum of what is left of each stage, as long as that stage is estimated to take. What an epoch takes is known best from the run's own ones.
 */
export function progressOfRuns(runs: readonly RunState[], { slots, atLeast = 0 }: ProgressOptions): RunsProgress {
  const total = runs.reduce((sum, { work, epochs }) => sum + weightOf(work, epochs), 0)
  const done = runs.reduce((sum, run) => sum + workDone(run), 0)
  const fraction = total === 0 ? 0 : Math.min(1, done / total)
  return { fraction: Math.max(atLeast, fraction), secondsLeft: secondsLeft(runs, slots) }
}

/** Work counts by what runs weigh on one machine. */
function weightOf({ starting, pretraining, firstEpoch, epoch, measuring }: CountedWork, epochs: number): number {
  return starting + pretraining + epochsOf({ firstEpoch, epoch }, 0, epochs) + measuring
}

/** Of the epochs after `from` up to `to`, which may end within one. */
function epochsOf({ firstEpoch, epoch }: { readonly firstEpoch: number; readonly epoch: number }, from: number, to: number): number {
  const first = Math.max(0, Math.min(1, to) - Math.min(1, from))
  return first * firstEpoch + (to - from - first) * epoch
}

function workDone({ status, epochs, epochsCompleted, work, live }: RunState): number {
  if (status === 'completed') return weightOf(work, epochs)
  const trained = Math.min(epochs, Math.max(epochsCompleted, trainedBy(live, work)))
  if (trained > 0 || live?.stage === 'training') return work.starting + work.pretraining + epochsOf(work, 0, trained)
  return live?.stage === 'pretraining' ? work.starting + work.pretraining * live.share : 0
}

/** Epochs that are done by what the worker says; of one, its steps are only part. */
function trainedBy(live: LiveStage | undefined, { steps, epoch }: CountedWork): number {
  if (live?.stage !== 'training') return 0
  return Math.max(0, live.epoch - 1) + live.share * (steps / epoch)
}

function secondsLeft(runs: readonly RunState[], slots: number): number | null {
  const running = runs.filter(({ status }) => status === 'running').map(leftOf)
  const queued = runs.filter(({ status }) => status === 'queued').map(leftOf)
  // Those that wait take the places of those that end.
  const places = [...running.slice(0, slots), ...new Array<number>(Math.max(0, slots - running.length)).fill(0)]
  for (const left of [...running.slice(slots), ...queued]) {
    if (left === null) return null
    const earliest = places.indexOf(Math.min(...places.map((place) => place ?? Number.POSITIVE_INFINITY)))
    places[earliest] = (places[earliest] ?? 0) + left
  }
  return places.reduce<number | null>((most, place) => (most === null || place === null ? null : Math.max(most, place)), 0)
}

/** Share of an epoch or of pretraining from which on its own pace says more than an estimate. */
const TELLING_SHARE = 0.1
/** Share of an epoch from which on its own pace alone counts. */
const TRUSTED_SHARE = 0.5
/** Share of what a stage has taken that it is said to take still, once it takes longer than was estimated. */
const OVERDUE = 0.25

/** Seconds that a run will still take; null where a stage that it comes to is not known. */
function leftOf({ epochs, epochsCompleted, work, estimate, live }: RunState): number | null {
  const stage = live?.stage ?? 'starting'
  const elapsed = live?.elapsedSeconds ?? 0
  const isTraining = stage === 'training'
  const own = isTraining ? ownEpoch(live, work) : null
  // The epoch that is being trained is believed as far as it has come: its first steps compile, and what they take says little of the others.
  const current = isTraining ? Math.max(epochsCompleted + 1, live?.epoch ?? 0) : epochsCompleted + 1
  const epochsLeft = stage === 'measuring' ? 0 : Math.max(0, epochs - current + 1)
  const share = live?.share ?? 0
  const epochSeconds = live?.epochSeconds ?? estimate.epoch
  const laterSeconds = epochsCompleted < 2 ? blend(epochSeconds, own, share) : epochSeconds
  const currentSeconds = blend(current === 1 ? estimate.firstEpoch : epochSeconds, own, share)

  const parts: (number | null)[] = [stage === 'measuring' ? until(estimate.measuring, elapsed) : estimate.measuring]
  if (epochsLeft > 0) parts.push(isTraining ? until(currentSeconds, elapsed) : currentSeconds)
  if (epochsLeft > 1) parts.push(laterSeconds === null ? null : (epochsLeft - 1) * laterSeconds)
  if (stage === 'starting') parts.push(until(estimate.starting, elapsed))
  if (epochsCompleted === 0 && stage === 'starting') parts.push(estimate.pretraining)
  if (stage === 'pretraining') {
    parts.push(share > TELLING_SHARE ? (elapsed * (1 - share)) / share : until(estimate.pretraining, elapsed))
  }
  return parts.reduce((sum, part) => (sum === null || part === null ? null : sum + part), 0)
}

/** Between an estimate and what the epoch itself says of it so far. */
function blend(estimate: number | null, own: number | null, share: number): number | null {
  if (estimate === null || own === null) return own ?? estimate
  return estimate + Math.min(1, share / TRUSTED_SHARE) * (own - estimate)
}

/** What is left of a stage that has taken so long. */
function until(estimate: number | null, elapsed: number): number | null {
  return estimate === null ? null : Math.max(estimate - elapsed, elapsed * OVERDUE)
}

/** Seconds of the epoch that is being trained, by the pace of its steps; null while these say little. */
function ownEpoch(live: LiveStage | undefined, { steps, epoch }: CountedWork): number | null {
  if (!live || live.share <= TELLING_SHARE) return null
  return (live.elapsedSeconds / live.share) * (epoch / steps)
}
