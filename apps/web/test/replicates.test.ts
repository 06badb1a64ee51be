import { completeRunConfig, sweptSetting } from '@hourglass/autoencoders'
import { describe, expect, it } from 'vitest'
import { configDescription, readRunConfig, writeRunConfig } from '../src/data/readRunConfig'
import { errorSeries } from '../src/features/experiment/errorSeries'
import { experimentMetrics } from '../src/features/experiment/experimentMetrics'
import { describeDifference, differenceOf, groupRuns, haveReplicates, metricOf, toDot } from '../src/features/experiment/replicates'
import type { ExperimentRun } from '../src/features/experiment/useExperiment'

const [metric] = experimentMetrics
if (!metric) throw new Error('expected a metric')

function runOf(size: number, seed: number, error: number | null, status = 'COMPLETED'): ExperimentRun {
  const config = completeRunConfig({ architecture: { kind: 'dense', latentDimension: size }, training: { seed } })
  return {
    id: `${size} ${seed}`,
    number: seed,
    label: `z = ${size}, seed ${seed}`,
    status,
    config: writeRunConfig(config),
    summary: { validationMeanSquaredError: error },
    pcaBaseline: null,
  } as unknown as ExperimentRun
}

const runs = [runOf(4, 1, 0.1), runOf(4, 2, 0.2), runOf(4, 3, 0.9, 'RUNNING'), runOf(2, 1, 0.3), runOf(2, 2, 0.5)]

describe('runs over several seeds', () => {
  const groups = groupRuns(runs)

  it('are grouped by setting, and summed up by those that have finished', () => {
    expect(groups.map(({ label, runs: members }) => [label, members.length])).toEqual([
      ['z = 4', 3],
      ['z = 2', 2],
    ])
    expect([haveReplicates(groups), haveReplicates(groupRuns([runOf(2, 1, 1), runOf(4, 1, 1)]))]).toEqual([true, false])
    const [four] = groups
    const sample = four && metricOf(four, metric)
    expect(sample?.mean).toBeCloseTo(0.15, 12)
    expect(sample?.spread).toBeCloseTo(0.1 / Math.SQRT2, 12)
    expect(sample?.count).toBe(2)
  })

  it('are compared seed by seed, with the number of pairs', () => {
    const [four, two] = groups
    if (!four || !two) throw new Error('expected two groups')
    const difference = differenceOf(four, two, metric)
    // .2 and .3: mean .25, s.d. .0707, t of one degree of freedom 12.7062.
    expect(describeDifference(difference, metric.row)).toBe('+0.250 (−0.385 to 0.885), 2 seeds')
    expect(describeDifference(null, metric.row)).toBe('–')
  })

  it('stand in one place of the chart: their mean, between a standard deviation above and below', () => {
    const swept = sweptSetting(
      configDescription,
      runs.map((run) => ({ label: run.label ?? '', config: readRunConfig(run.config) })),
    )
    expect(swept.path).toBe('architecture.latentDimension')
    const series = errorSeries(runs, { label: 'Autoencoder', swept, metric })
    expect(series.map(({ label }) => label)).toEqual(['Autoencoder, mean of 2 seeds', 'Mean + s.d.', 'Mean − s.d.'])
    const [means, above, below] = series.map(({ points }) => points.map(({ x, y }) => [x, Number(y?.toFixed(4))]))
    expect(means).toEqual([
      [2, 0.4],
      [4, 0.15],
    ])
    expect(above?.[0]).toEqual([2, 0.5414])
    expect(below?.[1]).toEqual([4, 0.0793])
  })

  it('are one mark with their spread; a single value has none', () => {
    expect(toDot([])).toBeUndefined()
    expect(toDot([2])).toEqual({ value: 2, spread: 0 })
    expect(toDot([1, 3])).toEqual({ value: 2, spread: Math.SQRT2 })
  })
})
