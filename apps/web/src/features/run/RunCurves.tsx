'use client'
import { NativeSelect } from '@mantine/core'
import { type ReactNode, useMemo, useRef } from 'react'
import { axisOf, chartsOf, curvesOf, definitionOf, type EpochPoint, isBesidePca } from '../../entities/metric/curvesOf'
import type { Scored } from '../../entities/metric/scoredOn'
import { type Baseline, nameBaseline, scoredError } from '../../entities/run/pcaBaseline'
import { FigureDownload } from '../../ui/FigureDownload'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { formatLoss } from '../../ui/formatQuantity'
import { LineChart } from '../../ui/LineChart'
import { PageSection } from '../../ui/PageSection'
import { ScaleControl } from '../../ui/ScaleControl'
import classes from './RunCurves.module.css'

interface RunCurvesProps {
  readonly metrics: readonly EpochPoint[]
  /** What training minimizes. */
  readonly objective: string
  /** The chart that is shown, by its id. */
  readonly metric: string
  readonly scale: 'linear' | 'log'
  readonly colour: string
  /** What the run is scored on after each epoch. */
  readonly scored: Scored
  readonly baseline: Baseline | null
  /** Whether the run, and PCA beside it, see corrupted examples. */
  readonly isCorrupted: boolean
  readonly epoch: number | null
  /** What stands beside the chart. */
  readonly aside: ReactNode
  readonly source: FigureSource
  readonly table: () => FigureTable
  readonly onMetric: (metric: string) => void
  readonly onScale: (scale: 'linear' | 'log') => void
  readonly onPick: (epoch: number) => void
}

/** Draws how the losses fall, beside what PCA with as many components makes of what the run sees. */
export function RunCurves(props: RunCurvesProps) {
  const {
    metrics,
    objective,
    metric,
    scale,
    colour,
    scored,
    baseline,
    isCorrupted,
    epoch,
    aside,
    source,
    table,
    onMetric,
    onScale,
    onPick,
  } = props
  const figure = useRef<HTMLDivElement>(null)
  const offered = useMemo(() => chartsOf(metrics), [metrics])
  const shown = offered.find(({ id }) => id === metric) ?? offered[0]
  const squared = useMemo(() => shown !== undefined && isBesidePca(shown, metrics), [shown, metrics])
  const axis = shown ? axisOf(shown, objective) : ''
  const series = useMemo(() => (shown ? curvesOf(metrics, { chart: shown, colour, scored }) : []), [metrics, shown, colour, scored])
  const referenceLines = useMemo(
    () =>
      squared && baseline
        ? [
            {
              label: `${nameBaseline(baseline, isCorrupted)}: ${formatLoss(scoredError(baseline))}`,
              value: scoredError(baseline),
              colour: 'var(--hg-muted)',
            },
          ]
        : [],
    [squared, baseline, isCorrupted],
  )
  return (
    <PageSection
      id="run-curves"
      title="Curves"
      note={(shown && definitionOf(shown)) ?? axis}
      controls={
        <>
          {offered.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label="Metric"
              value={shown?.id}
              onChange={(event) => onMetric(event.currentTarget.value)}
              data={offered.map(({ id, title }) => ({ value: id, label: title }))}
            />
          )}
          <ScaleControl value={scale} onChange={onScale} />
          <FigureDownload what="losses" source={source} figure={figure} table={table} />
        </>
      }
    >
      {scored === 'test' && (
        <p className={classes.note}>
          No examples are held out for validation: test examples are scored after each epoch, and no epoch is called best.
        </p>
      )}
      <div className={classes.root}>
        <div ref={figure} className={classes.chart}>
          <LineChart
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
    </PageSection>
  )
}
