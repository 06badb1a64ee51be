import { useMemo } from 'react'
import { runColour } from '../../entities/run/runColour'
import { type ChartPoint, LineChart, type LineChartProps } from '../../ui/LineChart'
import classes from './ChartBesideTable.module.css'
import { RunsTable, type RunsTableProps } from './RunsTable'
import type { ExperimentRun } from './useExperiment'

interface DrawnRun {
  readonly run: ExperimentRun
  readonly points: readonly ChartPoint[]
}

interface ChartBesideTableProps {
  /** What is drawn of each run, the same until it changes. */
  readonly drawn: readonly DrawnRun[]
  readonly draw: 'points' | 'both'
  readonly chart: Pick<LineChartProps, 'xLabel' | 'yLabel' | 'xAxis' | 'emptyText'>
  readonly table: RunsTableProps
}

/** Draws something of each run in one chart, and lists its numbers beside that; the table waits for the first of them. */
export function ChartBesideTable({ drawn, draw, chart, table }: ChartBesideTableProps) {
  const series = useMemo(
    () => drawn.map(({ run, points }) => ({ id: run.id, label: run.label ?? run.name, colour: runColour(run.number), draw, points })),
    [drawn, draw],
  )
  return (
    <div className={classes.root}>
      <LineChart series={series} scale="linear" height={300} {...chart} />
      {drawn.length > 0 ? <RunsTable {...table} /> : null}
    </div>
  )
}
