import { engineCatalog } from '../config/engineCatalog.js'
import { countWork } from './countWork.js'
import type { MachineRate, RunTimes } from './RunTimes.js'
import { type StageSeconds, type TimedStage, timedStages } from './StageSeconds.js'
import { differenceOf, type TimedRun, workKey } from './similarity.js'

/** What an estimate comes of: runs of the same work, similar runs, one short measurement of the machine, or runs on another machine. */
export type EstimateBasis = 'same' | 'similar' | 'measured' | 'elsewhere'

export interface StageEstimate {
  readonly seconds: StageSeconds
  /** Of the stage that is known least well; null where one is not known. */
  readonly basis: EstimateBasis | null
}

export interface EstimateStagesOptions {
  /** The machine that is to train the run. */
  readonly host: string
  /** Of runs that have trained or are training, the newest first. */
  readonly records: readonly RunTimes[]
  /** Of that machine; null where it was not measured. */
  readonly rate: MachineRate | null
}

/** So many of the most similar records count, by their median: one that something disturbed says little. */
const MOST_RECORDS = 5

const bases = ['same', 'similar', 'measured', 'elsewhere'] as const satisfies readonly EstimateBasis[]

/**
 * Estimates how long each stage of a run takes, each from what that stage took: of runs of the same work on that machine as it was; else of the most similar
 * runs there, in proportion to the counted work; else from its measured rate; else of similar runs on other machines.
 */
export function estimateStages(run: TimedRun, { host, records, rate }: EstimateStagesOptions): StageEstimate {
  const comparable = records.filter(({ config }) => config.training.engine === run.config.training.engine)
  const here = comparable.filter((record) => record.host === host).map(compareWith(run))
  const elsewhere = comparable.filter((record) => record.host !== host).map(compareWith(run))
  const measured = rate?.host === host && engineCatalog[run.config.training.engine].isTimed ? rate : null
  const work = countWork(run.config, run.sizes)

  const estimates = timedStages.map((stage) => {
    if (work[stage] === 0) return { stage, seconds: 0, basis: 'same' as const }
    return (
      scaleSimilar({ stage, work: work[stage], compared: here }) ??
      (measured && { stage, seconds: work[stage] * measured.pace, basis: 'measured' as const }) ??
      scaleSimilar({ stage, work: work[stage], compared: elsewhere, basis: 'elsewhere' }) ?? { stage, seconds: null, basis: null }
    )
  })
  const worst = Math.max(...estimates.map(({ basis }) => (basis === null ? bases.length : bases.indexOf(basis))))
  return {
    seconds: Object.fromEntries(estimates.map(({ stage, seconds }) => [stage, seconds])) as Record<TimedStage, number | null>,
    basis: bases[worst] ?? null,
  }
}

interface Compared {
  readonly record: RunTimes
  readonly work: StageSeconds<number>
  readonly isSame: boolean
  readonly difference: number
}

interface KnownStage {
  readonly stage: TimedStage
  readonly seconds: number
  readonly basis: EstimateBasis
}

/** Counting and naming the work of hundreds of records takes longer than comparing them, and is the same for every run that is estimated. */
const described = new WeakMap<RunTimes, { readonly work: StageSeconds<number>; readonly key: string }>()

function describe(record: RunTimes) {
  const description = described.get(record) ?? { work: countWork(record.config, record.sizes), key: workKey(record) }
  described.set(record, description)
  return description
}

function compareWith(run: TimedRun): (record: RunTimes) => Compared {
  const runKey = workKey(run)
  return (record) => {
    const { work, key } = describe(record)
    return { record, work, isSame: key === runKey, difference: differenceOf(record, run) }
  }
}

interface ScaledStage {
  readonly stage: TimedStage
  readonly work: number
  readonly compared: readonly Compared[]
  readonly basis?: 'elsewhere'
}

function scaleSimilar({ stage, work, compared, basis }: ScaledStage): KnownStage | null {
  const paces = compared.flatMap(({ record, work: counted, isSame, difference }) => {
    const pace = paceOf(stage, record.seconds, counted)
    // A first epoch says less of the later ones than they do themselves.
    const isDerived = record.seconds[stage] === null
    return pace === null ? [] : [{ pace, isSame, rank: isSame ? -1 : difference, isDerived }]
  })
  paces.sort((one, other) => one.rank - other.rank || Number(one.isDerived) - Number(other.isDerived))
  const [nearest] = paces
  if (!nearest) return null
  const alike = paces.filter(({ rank, isDerived }) => rank === nearest.rank && isDerived === nearest.isDerived).slice(0, MOST_RECORDS)
  return { stage, seconds: work * medianOf(alike.map(({ pace }) => pace)), basis: basis ?? (nearest.isSame ? 'same' : 'similar') }
}

/** Seconds that a stage took for each of its counted work; of epochs where there was but one, from that. Null where neither is known. */
function paceOf(stage: TimedStage, seconds: StageSeconds, work: StageSeconds<number>): number | null {
  const taken = seconds[stage]
  if (taken !== null && work[stage] > 0) return taken / work[stage]
  return stage === 'epoch' && seconds.firstEpoch !== null ? seconds.firstEpoch / work.firstEpoch : null
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN
}
