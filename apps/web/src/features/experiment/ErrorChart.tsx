'use client'

import { measurementTerm, nameWithUnit, type SweptSetting, subjectTerm } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { formatMeasured } from '../../entities/metric/formatMeasured'
import { scoredError } from '../../entities/run/pcaBaseline'
import { runColour } from '../../entities/run/runColour'
import { type ChartScale, LineChart } from '../../ui/LineChart'
import { isPca } from './comparableRun'
import { DotLegend } from './DotLegend'
import { DotPlot, type DotRow, type DotSeries } from './DotPlot'
import classes from './ErrorChart.module.css'
import { errorSeries } from './errorSeries'
import type { ExperimentMetric } from './experimentMetrics'
import { groupRuns, settled, toDot } from './replicates'
import type { ExperimentRun } from './useExperiment'

interface ErrorChartProps {
  readonly runs: readonly ExperimentRun[]
  readonly swept: SweptSetting
  readonly metric: ExperimentMetric
  readonly scale: ChartScale
}

/** Draws the error after the latest epochs, or what else was measured: as lines over the number that runs differ in, or of runs that differ otherwise a mark for each. */
export function ErrorChart(props: ErrorChartProps) {
  return props.swept.title === null ? <ErrorDots {...props} /> : <ErrorLines {...props} />
}

function ErrorLines({ runs, swept, metric, scale }: ErrorChartProps) {
  const series = useMemo(() => errorSeries(runs, { label: labelOf(runs), swept, metric }), [runs, swept, metric])
  const xAxis = useMemo(() => ({ scale: swept.scale, ticks: swept.ticks }), [swept])
  return (
    <LineChart
      series={series}
      scale={scale}
      xLabel={swept.title ?? ''}
      yLabel={nameWithUnit(metric.row)}
      xAxis={xAxis}
      height={300}
      emptyText="No run has finished an epoch yet"
    />
  )
}

const labelOf = (runs: readonly ExperimentRun[]) => (runs.every(isPca) ? 'PCA' : 'Autoencoder')

const pca: DotSeries = { id: 'pca', label: 'PCA, as many components', term: subjectTerm('PCA'), mark: 'diamond' }

function ErrorDots({ runs, metric }: ErrorChartProps) {
  const { row } = metric
  const { baseline } = row
  const rows = groupRuns(runs).flatMap(({ label, runs: members }): DotRow[] => {
    const valuesOf = (read: (run: ExperimentRun) => number | null) => toDot(settled(members).flatMap((run) => read(run) ?? []))
    const [first] = members
    if (!first) return []
    return [
      {
        id: first.id,
        label: members.length > 1 ? `${label}, ${members.length} seeds` : label,
        colour: runColour(first.number),
        values: {
          autoencoder: valuesOf(({ summary }) => metric.read(summary)),
          pca: baseline ? valuesOf(({ pcaBaseline }) => pcaBaseline && scoredError(pcaBaseline)) : undefined,
        },
      },
    ]
  })
  const autoencoder: DotSeries = {
    id: 'autoencoder',
    label: labelOf(runs),
    term: runs.every(isPca) ? subjectTerm('PCA') : 'autoencoder',
    mark: 'run',
  }
  const series = rows.some(({ values }) => values.pca) ? [autoencoder, pca] : [autoencoder]
  return (
    <div className={classes.dots}>
      <DotPlot
        title={nameWithUnit(row)}
        term={measurementTerm(metric.row.id)}
        rows={rows}
        series={series}
        format={(value) => formatMeasured(value, row)}
        fromZero
        bounds={row.bounds}
      />
      {series.length > 1 ? <DotLegend series={series} /> : null}
    </div>
  )
}
