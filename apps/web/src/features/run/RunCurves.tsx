'use client'
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { type ReactNode, useMemo, useRef } from 'react'
import { curvesOf, type EpochPoint, metricsOf, type ShownMetric } from '../../entities/metric/curvesOf'
import { describeMetric } from '../../entities/metric/describeMetric'
import { FigureDownload } from '../../ui/FigureDownload'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { formatLoss } from '../../ui/formatQuantity'
import { LossChart } from '../../ui/LossChart'
import { RunSection } from '../../ui/RunSection'
import classes from './RunCurves.module.css'

interface RunCurvesProps {
  readonly metrics: readonly EpochPoint[]
  /** Whether the training loss is itself the mean squared error, and so squared with PCA. */
  readonly lossIsMse: boolean
  readonly metric: ShownMetric
  readonly scale: 'linear' | 'log'
  readonly colour: string
  readonly baseline: { readonly components: number; readonly meanSquaredError: number } | null
  readonly epoch: number | null
  /** What stands beside the chart. */
  readonly aside: ReactNode
  readonly source: FigureSource
  readonly table: () => FigureTable
  readonly onMetric: (metric: ShownMetric) => void
  readonly onScale: (scale: 'linear' | 'log') => void
  readonly onPick: (epoch: number) => void
}

/** Draws how the losses fall, beside what PCA with as many components reaches. */
export function RunCurves(props: RunCurvesProps) {
  const { metrics, lossIsMse, metric, scale, colour, baseline, epoch, aside, source, table, onMetric, onScale, onPick } = props
  const figure = useRef<HTMLDivElement>(null)
  const offered = useMemo(() => metricsOf(metrics, lossIsMse), [metrics, lossIsMse])
  const shown = offered.includes(metric) ? metric : 'loss'
  const squared = shown === 'mse' || (lossIsMse && shown === 'loss')
  const { axis, definition } = describeMetric(shown, lossIsMse)
  const series = useMemo(() => curvesOf(metrics, { metric: shown, colour }), [metrics, shown, colour])
  const referenceLines = useMemo(
    () =>
      squared && baseline
        ? [
            {
              label: `PCA, ${baseline.components} ${baseline.components === 1 ? 'component' : 'components'}: ${formatLoss(baseline.meanSquaredError)}`,
              value: baseline.meanSquaredError,
              colour: 'var(--hg-muted)',
            },
          ]
        : [],
    [squared, baseline],
  )
  return (
    <RunSection
      id="run-curves"
      title="Curves"
      note={definition ?? axis}
      controls={
        <>
          {offered.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label="Metric"
              value={shown}
              onChange={(event) => onMetric(offered.find((id) => id === event.currentTarget.value) ?? 'loss')}
              data={offered.map((id) => ({ value: id, label: describeMetric(id, lossIsMse).title }))}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label="Axis"
            value={scale}
            onChange={onScale}
            data={[
              { value: 'linear', label: 'Linear' },
              { value: 'log', label: 'Log' },
            ]}
          />
          <FigureDownload what="losses" source={source} figure={figure} table={table} />
        </>
      }
    >
      <div className={classes.root}>
        <div ref={figure} className={classes.chart}>
          <LossChart
            series={series}
            scale={scale}
            referenceLines={referenceLines}
            xLabel="Epoch"
            yLabel={axis}
            markerX={epoch}
            onPickX={onPick}
          />
        </div>
        {aside}
      </div>
    </RunSection>
  )
}
