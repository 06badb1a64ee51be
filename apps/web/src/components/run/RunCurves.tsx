'use client'
import { SegmentedControl } from '@mantine/core'
import { type ReactNode, useMemo, useRef } from 'react'
import type { FigureSource, FigureTable } from '../../download/FigureSource'
import { FigureDownload } from '../FigureDownload'
import { LossChart } from '../LossChart'
import { curvesOf, type EpochPoint } from './curvesOf'
import { formatLoss } from './formatQuantity'
import classes from './RunCurves.module.css'
import { RunSection } from './RunSection'

interface RunCurvesProps {
  readonly metrics: readonly EpochPoint[]
  /** Whether the training loss is itself the mean squared error, and so squared with PCA. */
  readonly lossIsMse: boolean
  readonly metric: 'loss' | 'mse'
  readonly scale: 'linear' | 'log'
  readonly colour: string
  readonly baseline: { readonly components: number; readonly meanSquaredError: number } | null
  readonly epoch: number | null
  /** What stands beside the chart. */
  readonly aside: ReactNode
  readonly source: FigureSource
  readonly table: () => FigureTable
  readonly onMetric: (metric: 'loss' | 'mse') => void
  readonly onScale: (scale: 'linear' | 'log') => void
  readonly onPick: (epoch: number) => void
}

/** Draws how the losses fall, beside what PCA with as many components reaches. */
export function RunCurves(props: RunCurvesProps) {
  const { metrics, lossIsMse, metric, scale, colour, baseline, epoch, aside, source, table, onMetric, onScale, onPick } = props
  const figure = useRef<HTMLDivElement>(null)
  const shown = lossIsMse ? 'loss' : metric
  const squared = lossIsMse || shown === 'mse'
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
      title="Losses"
      note={squared ? 'Mean squared error' : 'Binary cross-entropy'}
      controls={
        <>
          {!lossIsMse && (
            <SegmentedControl
              size="xs"
              aria-label="Metric"
              value={metric}
              onChange={onMetric}
              data={[
                { value: 'loss', label: 'Loss' },
                { value: 'mse', label: 'Reconstruction MSE' },
              ]}
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
            yLabel={squared ? 'Mean squared error' : 'Binary cross-entropy'}
            markerX={epoch}
            onPickX={onPick}
          />
        </div>
        {aside}
      </div>
    </RunSection>
  )
}
