'use client'

import { useMemo } from 'react'
import { errorSeries } from '../../experiment/errorSeries'
import { type ExperimentMetric, nameMetric } from '../../experiment/experimentMetrics'
import type { SweptSetting } from '../../experiment/sweptSetting'
import type { ExperimentRun } from '../../hooks/useExperiment'
import { type ChartScale, LossChart } from '../LossChart'

interface ErrorChartProps {
  readonly runs: readonly ExperimentRun[]
  readonly swept: SweptSetting
  readonly metric: ExperimentMetric
  readonly scale: ChartScale
}

/** Draws the test error, or what else was measured, over what an experiment's runs differ in, beside PCA's. */
export function ErrorChart({ runs, swept, metric, scale }: ErrorChartProps) {
  const series = useMemo(() => errorSeries(runs, { swept, metric }), [runs, swept, metric])
  const xAxis = useMemo(() => ({ scale: swept.scale, ticks: swept.ticks }), [swept])
  return (
    <LossChart
      series={series}
      scale={scale}
      xLabel={swept.title ?? 'Run'}
      yLabel={nameMetric(metric).axis}
      xAxis={xAxis}
      height={300}
      emptyText="No run has finished an epoch yet"
    />
  )
}
