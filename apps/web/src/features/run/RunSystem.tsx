'use client'
import { stepsPerEpoch } from '@hourglass/autoencoders'
import { SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import { axisOf, type Chart, charts, curvesOf } from '../../entities/metric/curvesOf'
import { curveAxisChoices, curveAxisTitles, epochPlaces } from '../../entities/metric/epochPlaces'
import { columnOf } from '../../entities/metric/formatMeasured'
import { runSource } from '../../entities/run/runFigures'
import type { Run } from '../../entities/run/useRun'
import { FigureSection } from '../../ui/FigureSection'
import { LineChart, type XAxis } from '../../ui/LineChart'
import classes from './RunSystem.module.css'
import type { RunViewState } from './runView'

const timeAxis: XAxis = { scale: 'linear', isTime: true }

/** What is drawn of the worker, in this order. */
const drawn = ['processorPercent', 'memoryMegabytes', 'imagesPerSecond']
const systemCharts = drawn.flatMap((id) => charts.find((chart) => chart.id === id) ?? [])

interface RunSystemProps {
  readonly run: Run
  readonly colour: string
  readonly view: Pick<RunViewState, 'x'>
  readonly onView: (changes: Partial<RunViewState>) => void
}

/** Draws what the run's worker took of its machine from epoch to epoch: processor, memory, and how fast it was. */
export function RunSystem({ run, colour, view: { x }, onView }: RunSystemProps) {
  const { metrics, config, dataset } = run
  const steps = stepsPerEpoch(config, config.data.trainCount ?? dataset.trainCount)
  const places = useMemo(() => epochPlaces(metrics, x, steps), [metrics, x, steps])
  if (metrics.length === 0)
    return <p className={classes.empty}>What the worker takes of its machine appears with the first finished epoch.</p>
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          aria-label="Horizontal axis"
          value={x}
          onChange={(value) => onView({ x: curveAxisChoices.find((choice) => choice.value === value)?.value ?? 'epoch' })}
          data={[...curveAxisChoices]}
        />
        {run.host && <span className={classes.note}>Machine {run.host}</span>}
      </div>
      <div className={classes.charts}>
        {systemCharts.map((chart) => (
          <SystemChart key={chart.id} run={run} chart={chart} colour={colour} x={x} places={places} />
        ))}
      </div>
    </div>
  )
}

interface SystemChartProps {
  readonly run: Run
  readonly chart: Chart
  readonly colour: string
  readonly x: RunViewState['x']
  readonly places: readonly number[]
}

function SystemChart({ run, chart, colour, x, places }: SystemChartProps) {
  const { metrics } = run
  const series = useMemo(() => curvesOf(metrics, { chart, colour, scored: 'validation', places }), [metrics, chart, colour, places])
  const axis = axisOf(chart, '')
  return (
    <FigureSection
      id={`run-system-${chart.id}`}
      title={chart.title}
      source={runSource(run, chart.title)}
      table={() => ({
        columns: ['epoch', ...chart.rows.map(columnOf)],
        rows: metrics.map((metric) => [metric.epoch, ...chart.rows.map(({ id }) => metric[id])]),
      })}
      state={<p className={classes.note}>{chart.rows[0]?.description}</p>}
    >
      <LineChart
        series={series}
        scale="linear"
        xAxis={x === 'time' ? timeAxis : undefined}
        xLabel={curveAxisTitles[x]}
        yLabel={axis}
        height={200}
        hasLegend={false}
        emptyText="Not measured: the run is of an earlier version"
        syncKey={`system of ${run.id}`}
      />
    </FigureSection>
  )
}
