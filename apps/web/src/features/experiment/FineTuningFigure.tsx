'use client'

import { meanAndSpread } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { runColour } from '../../entities/run/runColour'
import { DotLegend } from '../../ui/DotLegend'
import { DotPlot, type DotRow, type DotSeries } from '../../ui/DotPlot'
import type { FigureProps } from './FigureProps'
import classes from './MeasurementsFigure.module.css'
import { groupRuns } from './replicates'

const series: readonly DotSeries[] = [
  { id: 'pretrained', label: 'Starting from the encoder', mark: 'run' },
  { id: 'random', label: 'Starting from random weights', mark: 'hollow' },
]

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`

const SHARE = [0, 1] as const

/** Sets the test errors of classifiers that start from each run's encoder beside those that start from random weights; with mean and spread over runs. */
export function FineTuningFigure({ runs, analyses }: FigureProps) {
  const { rows, labels } = useMemo(() => {
    const tuned = runs.flatMap((run) => {
      const outcome = analyses.get(run.id)?.fineTuning
      return outcome ? [{ run, outcome }] : []
    })
    const each: DotRow[] = tuned.map(({ run, outcome }) => ({
      id: run.id,
      label: run.label ?? run.name,
      colour: runColour(run.number),
      values: { pretrained: { value: outcome.pretrainedTestError }, random: { value: outcome.randomTestError } },
    }))
    const groups = groupRuns(tuned.map(({ run }) => run)).filter(({ runs: members }) => members.length > 1)
    const means = groups.map(({ label, runs: members }) =>
      summaryOf(
        groups.length > 1 ? `${label}, mean ± s.d.` : 'Mean ± s.d.',
        tuned.flatMap(({ run, outcome }) => (members.includes(run) ? [outcome] : [])),
      ),
    )
    return { rows: [...each, ...means], labels: tuned[0]?.outcome.labels }
  }, [runs, analyses])
  if (rows.length === 0) return <p className={classes.waiting}>Classifiers are trained once a run has finished its last epoch.</p>
  return (
    <div className={classes.single}>
      <DotPlot
        title="Test error"
        term="test-error"
        note={`of a classifier trained with ${labels} labels`}
        rows={rows}
        series={series}
        format={percent}
        bounds={SHARE}
      />
      <DotLegend series={series} />
    </div>
  )
}

interface Outcome {
  readonly pretrainedTestError: number
  readonly randomTestError: number
}

function summaryOf(label: string, outcomes: readonly Outcome[]): DotRow {
  const of = (values: readonly number[]) => {
    const { mean, spread } = meanAndSpread(values) ?? { mean: 0, spread: 0 }
    return { value: mean, spread }
  }
  return {
    id: label,
    label,
    colour: 'var(--hg-text)',
    values: {
      pretrained: of(outcomes.map(({ pretrainedTestError }) => pretrainedTestError)),
      random: of(outcomes.map(({ randomTestError }) => randomTestError)),
    },
    summary: true,
  }
}
