import {
  type BySeed,
  groupReplicates,
  type MeanAndSpread,
  type Measurement,
  meanAndSpread,
  type PairedDifference,
  pairedDifference,
  type Replicates,
} from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import type { DotValue } from './DotPlot'
import type { ExperimentMetric } from './experimentMetrics'
import type { ExperimentRun } from './useExperiment'

export type RunGroup = Replicates<ExperimentRun>

/** Puts the runs of an experiment together that differ in their seeds alone. */
export function groupRuns(runs: readonly ExperimentRun[]): readonly RunGroup[] {
  return groupReplicates(runs, { configOf: ({ config }) => readRunConfig(config), labelOf: ({ label, name }) => label ?? name })
}

/** Tells whether any setting was trained with several seeds. */
export function haveReplicates(groups: readonly RunGroup[]): boolean {
  return groups.some(({ runs }) => runs.length > 1)
}

/** Sums up a metric over the runs of a group that have finished: of runs that still train it means little. */
export function metricOf({ runs }: RunGroup, { read }: ExperimentMetric): MeanAndSpread | null {
  return meanAndSpread([...valuesBySeed(runs, read).values()])
}

/** Compares a metric of two groups seed by seed: what the second has over the first. */
export function differenceOf(first: RunGroup, second: RunGroup, { read }: ExperimentMetric) {
  return pairedDifference(valuesBySeed(first.runs, read), valuesBySeed(second.runs, read))
}

function valuesBySeed(runs: readonly ExperimentRun[], read: ExperimentMetric['read']): BySeed {
  return new Map(
    runs.flatMap((run) => {
      const value = run.status === 'COMPLETED' ? read(run.summary) : null
      return value === null ? [] : [[readRunConfig(run.config).training.seed, value] as const]
    }),
  )
}

/** Writes a paired difference with its interval and the number of pairs: `+0.0012 (0.001 to 0.0014), 4 seeds`. */
export function describeDifference(difference: PairedDifference | null, row: Pick<Measurement, 'format' | 'digits'>): string {
  if (!difference) return '–'
  const { mean, interval, count } = difference
  const write = (value: number) => formatMeasured(value, { ...row, digits: 3 }).replace('-', '−')
  const signed = mean > 0 ? `+${write(mean)}` : write(mean)
  return interval ? `${signed} (${write(interval[0])} to ${write(interval[1])}), ${count} seeds` : `${signed}, 1 seed`
}

/** Leaves out of several seeds those whose runs have not finished: a mean is of what runs came to. */
export function settled(runs: readonly ExperimentRun[]): readonly ExperimentRun[] {
  return runs.length > 1 ? runs.filter(({ status }) => status === 'COMPLETED') : runs
}

/** Marks the mean of values with their standard deviation; nothing of none. */
export function toDot(values: readonly number[]): DotValue | undefined {
  const sample = meanAndSpread(values)
  return sample ? { value: sample.mean, spread: sample.spread } : undefined
}
