'use client'
import { NativeSelect } from '@mantine/core'
import { type ReactNode, useMemo, useRef } from 'react'
import { axisOf, chartsOf, curvesOf, definitionOf, type EpochPoint, isBesidePca } from '../../entities/metric/curvesOf'
import { curveAxisChoices, curveAxisTitles, epochPlaces } from '../../entities/metric/epochPlaces'
import type { Scored } from '../../entities/metric/scoredOn'
import { nearestEpoch } from '../../entities/run/epochCursor'
import { type Baseline, nameBaseline, scoredError } from '../../entities/run/pcaBaseline'
import { CurveControls } from '../../ui/CurveControls'
import { FigureBody } from '../../ui/FigureBody'
import { FigureDownload } from '../../ui/FigureDownload'
import type { FigureSource, FigureTable } from '../../ui/FigureSource'
import { formatLoss } from '../../ui/formatQuantity'
import { LineChart, type XAxis } from '../../ui/LineChart'
import { PageSection } from '../../ui/PageSection'
import classes from './RunCurves.module.css'
import type { RunViewState } from './runView'

const timeAxis: XAxis = { scale: 'linear', isTime: true }

interface RunCurvesProps {
  readonly metrics: readonly (EpochPoint & { readonly seconds: number; readonly elapsedSeconds: number | null })[]
  /** What training minimizes. */
  readonly objective: string
  /** What that is called. */
  readonly word: 'loss' | 'objective'
  /** Where the optimizer has come to, where there is something to say of it. */
  readonly rest: string | null
  /** The chart that is shown, by its id. */
  readonly metric: string
  readonly view: Pick<RunViewState, 'scale' | 'x' | 'smooth'>
  /** Updates of the parameters in an epoch. */
  readonly stepsPerEpoch: number
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
  readonly onView: (changes: Partial<RunViewState>) => void
  readonly onPick: (epoch: number) => void
}

/** Draws how the losses fall, beside what PCA with as many components makes of what the run sees. */
export function RunCurves(props: RunCurvesProps) {
  const {
    metrics,
    objective,
    word,
    rest,
    metric,
    view,
    stepsPerEpoch,
    colour,
    scored,
    baseline,
    isCorrupted,
    epoch,
    aside,
    source,
    table,
    onMetric,
    onView,
    onPick,
  } = props
  const figure = useRef<HTMLDivElement>(null)
  const offered = useMemo(() => chartsOf(metrics, word), [metrics, word])
  const shown = offered.find(({ id }) => id === metric) ?? offered[0]
  const squared = useMemo(() => shown !== undefined && isBesidePca(shown, metrics), [shown, metrics])
  const axis = shown ? axisOf(shown, objective) : ''
  const places = useMemo(() => epochPlaces(metrics, view.x, stepsPerEpoch), [metrics, view.x, stepsPerEpoch])
  const series = useMemo(
    () => (shown ? curvesOf(metrics, { chart: shown, colour, scored, places }) : []),
    [metrics, shown, colour, scored, places],
  )
  const placeOf = (wanted: number | null) => places[metrics.findIndex((each) => each.epoch === wanted)] ?? null
  const pickNearest = (x: number) => {
    const nearest = nearestEpoch(x, places)
    const picked = nearest === null ? undefined : metrics[places.indexOf(nearest)]
    if (picked) onPick(picked.epoch)
  }
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
          <CurveControls axes={curveAxisChoices} {...view} onChange={onView} />
          <FigureDownload what="losses" source={source} figure={figure} table={table} />
        </>
      }
    >
      {rest !== null && (
        <p className={classes.note} data-testid="optimizer-rest">
          {rest}
        </p>
      )}
      {scored === 'test' && (
        <p className={classes.note}>
          No examples are held out for validation: test examples are scored after each epoch, and no epoch is called best.
        </p>
      )}
      <div className={classes.root}>
        <FigureBody what="losses" figure={figure} className={classes.chart}>
          <LineChart
            series={series}
            scale={view.scale}
            smoothing={view.smooth}
            xAxis={view.x === 'time' ? timeAxis : undefined}
            referenceLines={referenceLines}
            xLabel={curveAxisTitles[view.x]}
            yLabel={axis}
            markerX={placeOf(epoch)}
            onPickX={(x) => pickNearest(x)}
          />
        </FigureBody>
        {aside}
      </div>
    </PageSection>
  )
}
