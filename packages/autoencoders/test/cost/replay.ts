import { readFileSync } from 'node:fs'
import { datasetCatalog } from '@hourglass/datasets'
import { countWork } from '../../src/cost/countWork.js'
import { estimateStages } from '../../src/cost/estimateStages.js'
import type { LiveStage, RunState } from '../../src/cost/progressOfRuns.js'
import type { MachineRate, RunTimes } from '../../src/cost/RunTimes.js'
import type { StageSeconds } from '../../src/cost/StageSeconds.js'
import { addSharedWork } from '../../src/cost/sharedWork.js'
import { completeRunConfig, type RunConfig, type RunConfigInput } from '../../src/index.js'

/** Moments in seconds since the experiment was launched. */
interface RecordedRun {
  /** Place among the experiment's configurations. */
  readonly config: number
  readonly startedAt: number
  /** The data are loaded. */
  readonly startingAt: number
  /** Until then, what it took to compute what all runs of the same examples share. */
  readonly sharedStartingSeconds?: number
  /** The engine is there, and pretraining over. */
  readonly trainingAt: number
  readonly epochsAt: readonly number[]
  readonly measuringAt: number
  /** Of measuring, what it took to compute what all runs of the same examples share. */
  readonly sharedSeconds: number
  readonly endedAt: number
}

export interface RecordedExperiment {
  readonly name: string
  /** Processes that wanted the two cores, when it began and when it ended. */
  readonly load: readonly number[]
  readonly seconds: number
  readonly configs: readonly RunConfigInput[]
  readonly runs: readonly RecordedRun[]
}

interface RecordedTimes {
  /** What measureRate said on that machine: the median of five, under such a load. */
  readonly pace: number
  readonly experiments: readonly RecordedExperiment[]
}

/** Experiments as labs of their own ran them, one run at a time: recordTimes.mjs. */
export const { pace, experiments } = JSON.parse(readFileSync(new URL('recordedTimes.json', import.meta.url), 'utf8')) as RecordedTimes

export const host = 'recorded'
export const measuredRate: MachineRate = { host, pace }

/** Completes the configuration of a recorded run: it held no examples out. */
export function recordedConfig(config: RunConfigInput): RunConfig {
  return completeRunConfig({ ...config, data: { ...config.data, validationCount: 0, selection: 'first' } })
}

const sizesOf = (config: RunConfig) => datasetCatalog[config.data.dataset]

/** The runs as they were at a moment, and what was known of their times by then. */
export function replay(
  { runs, configs }: RecordedExperiment,
  at: number,
  { rate, earlier = [] }: { rate: MachineRate | null; earlier?: readonly RunTimes[] },
): RunState[] {
  const completed = configs.map(recordedConfig)
  const configOf = ({ config }: RecordedRun) => completed[config] as RunConfig
  const own = runs
    .filter(({ startedAt }) => startedAt <= at)
    .map((run): RunTimes => ({ config: configOf(run), sizes: sizesOf(configOf(run)), host, seconds: timesUntil(run, configOf(run), at) }))
    .reverse()
  const timed = runs.map((run) => ({ config: configOf(run), sizes: sizesOf(configOf(run)) }))
  const known = { host, rate, records: [...own, ...earlier] }
  const estimates = addSharedWork(
    timed.map((run) => estimateStages(run, known).seconds),
    timed,
    known,
  )
  return runs.map((run, index) => {
    const config = configOf(run)
    const sizes = sizesOf(config)
    return {
      status: at >= run.endedAt ? 'completed' : at >= run.startedAt ? 'running' : 'queued',
      epochs: config.training.epochs,
      epochsCompleted: run.epochsAt.filter((moment) => moment <= at).length,
      work: countWork(config, sizes),
      estimate: estimates[index] as StageSeconds,
      live: at >= run.startedAt && at < run.endedAt ? liveAt(run, config, at) : undefined,
    }
  })
}

/** All that an experiment's runs took. */
export function recordsOf(experiment: RecordedExperiment): RunTimes[] {
  return experiment.runs.map((run) => {
    const config = recordedConfig(experiment.configs[run.config] ?? {})
    return { config, sizes: sizesOf(config), host, seconds: timesUntil(run, config, Number.POSITIVE_INFINITY) }
  })
}

function timesUntil(
  { startedAt, startingAt, trainingAt, epochsAt, measuringAt, sharedStartingSeconds = 0, sharedSeconds, endedAt }: RecordedRun,
  config: RunConfig,
  at: number,
): StageSeconds {
  const isPretrained = config.training.pretraining.kind === 'stacked'
  const beginsAt = isPretrained ? startingAt : trainingAt
  const epochs = epochsAt.filter((moment) => moment <= at)
  const [first = Number.NaN, last = Number.NaN] = [epochs[0], epochs.at(-1)]
  return {
    starting: beginsAt <= at ? beginsAt - startedAt - sharedStartingSeconds : null,
    pretraining: isPretrained && trainingAt <= at ? trainingAt - startingAt : null,
    firstEpoch: epochs.length > 0 ? first - trainingAt : null,
    epoch: epochs.length > 1 ? (last - first) / (epochs.length - 1) : null,
    measuring: endedAt <= at ? endedAt - measuringAt - sharedSeconds : null,
  }
}

function liveAt({ startedAt, startingAt, trainingAt, epochsAt, measuringAt }: RecordedRun, config: RunConfig, at: number): LiveStage {
  const none = { epoch: 0, share: 0 }
  if (at >= measuringAt) return { ...none, stage: 'measuring', elapsedSeconds: at - measuringAt }
  if (at >= trainingAt) {
    const done = epochsAt.filter((moment) => moment <= at).length
    const [from, to] = [epochsAt[done - 1] ?? trainingAt, epochsAt[done] ?? measuringAt]
    const epoch = Math.min(done + 1, config.training.epochs)
    return { stage: 'training', epoch, share: Math.min(1, (at - from) / Math.max(0.01, to - from)), elapsedSeconds: at - from }
  }
  if (config.training.pretraining.kind === 'stacked' && at >= startingAt) {
    return { ...none, stage: 'pretraining', share: (at - startingAt) / (trainingAt - startingAt), elapsedSeconds: at - startingAt }
  }
  return { ...none, stage: 'starting', elapsedSeconds: at - startedAt }
}
