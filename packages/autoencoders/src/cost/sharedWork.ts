import type { RunConfig } from '../config/RunConfig.js'
import { sizeOfShape } from '../tensors/NamedTensors.js'
import { countWork } from './countWork.js'
import type { DatasetSizes } from './DatasetSizes.js'
import type { EstimateStagesOptions } from './estimateStages.js'
import type { StageSeconds } from './StageSeconds.js'
import type { TimedRun } from './similarity.js'

/** Seconds of the machine that work is counted in: for each cube of an example's size, its components; for each value of an example, what it is compared with. */
const typical = { cube: 5e-9, value: 0.012, fewValues: 0.1 } as const
/** Training examples from which on it takes no longer. */
const MOST_EXAMPLES = 4000

/** Counts what the first run of some examples measures for all others: their principal components, and what models of them are compared with. */
export function sharedWork({ data }: RunConfig, { exampleShape, trainCount }: DatasetSizes): number {
  if (exampleShape.length === 1) return typical.fewValues
  const size = sizeOfShape(exampleShape)
  const share = Math.min(1, (data.trainCount ?? trainCount) / MOST_EXAMPLES)
  return size ** 3 * typical.cube + size * typical.value * share
}

/**
 * Adds to the first of runs on the same examples what it measures for all, unless a run on that machine has done so. Runs and their estimates are in the order
 * in which they train.
 */
export function addSharedWork(
  estimates: readonly StageSeconds[],
  runs: readonly TimedRun[],
  { host, records, rate }: EstimateStagesOptions,
): StageSeconds[] {
  const here = records.filter((record) => record.host === host && record.seconds.measuring !== null)
  const measured = new Set(here.map(({ config }) => examplesOf(config)))
  // What is known of measuring tells how fast this machine measures.
  const paces = here.map(({ config, sizes, seconds }) => (seconds.measuring ?? 0) / countWork(config, sizes).measuring)
  const pace = rate?.host === host ? rate.pace : (paces.sort((one, other) => one - other)[Math.floor(paces.length / 2)] ?? 0)
  return estimates.map((stages, index) => {
    const run = runs[index]
    if (!run || stages.measuring === null) return stages
    const examples = examplesOf(run.config)
    if (measured.has(examples)) return stages
    measured.add(examples)
    return { ...stages, measuring: stages.measuring + sharedWork(run.config, run.sizes) * pace }
  })
}

const examplesOf = ({ data: { dataset, trainCount, validationCount, testCount, selection } }: RunConfig) =>
  JSON.stringify([dataset, trainCount, validationCount, testCount, selection])
