'use client'

import { useMemo } from 'react'
import { DotLegend } from './DotLegend'
import { DotPlot, type DotSeries } from './DotPlot'
import type { FigureProps } from './FigureProps'
import { fineTuningRows } from './fineTuningRows'
import classes from './MeasurementsFigure.module.css'

const series: readonly DotSeries[] = [
  { id: 'pretrained', label: 'Starting from the encoder', mark: 'run' },
  { id: 'random', label: 'Starting from random weights', mark: 'hollow' },
]

const percent = (share: number) => `${Number((100 * share).toPrecision(3))} %`

const SHARE = [0, 1] as const

/** Sets the test errors of classifiers that start from each run's encoder beside those that start from random weights; with mean and spread over runs. */
export function FineTuningFigure({ runs, analyses }: FigureProps) {
  const { rows, note } = useMemo(() => fineTuningRows({ runs, analyses }), [runs, analyses])
  if (rows.length === 0) return <p className={classes.waiting}>Classifiers are trained once a run has finished its last epoch.</p>
  return (
    <div className={classes.single}>
      <DotPlot title="Test error" term="test-error" note={note} rows={rows} series={series} format={percent} bounds={SHARE} />
      <DotLegend series={series} />
    </div>
  )
}
