'use client'

import { useMemo } from 'react'
import { errorSeries } from '../../experiment/errorSeries'
import type { SweptSetting } from '../../experiment/sweptSetting'
import type { ExperimentRun } from '../../hooks/useExperiment'
import { type ChartScale, LossChart } from '../LossChart'

interface ErrorChartProps {
  readonly runs: readonly ExperimentRun[]
  readonly swept: SweptSetting
  readonly scale: ChartScale
}

/** Draws the test error over what an experiment's runs differ in, beside PCA's. */
export function ErrorChart({ runs, swept, scale }: ErrorChartProps) {
  const series = useMemo(() => errorSeries(runs, swept), [runs, swept])
  const xAxis = useMemo(() => ({ scale: swept.scale, ticks: swept.ticks }), [swept])
  return (
    <LossChart
      series={series}
      scale={scale}
      xLabel={swept.title ?? 'Run'}
      yLabel="Mean squared error, test data"
      xAxis={xAxis}
      height={300}
      emptyText="No run has finished an epoch yet"
    />
  )
}
