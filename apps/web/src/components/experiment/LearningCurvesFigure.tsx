'use client'

import { useMemo } from 'react'
import { curveTable, type LearningCurve, learningCurves } from '../../experiment/learningCurves'
import { useComparedRuns } from '../../hooks/useComparedRuns'
import { runColour } from '../../theme/runColour'
import { type ChartSeries, LossChart } from '../LossChart'
import { formatCount, formatDuration, formatLoss } from '../run/formatQuantity'
import classes from './ChartBesideTable.module.css'
import type { FigureProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { RunsTable } from './RunsTable'

/** Draws the objective of each run over the steps that it took, whose numbers may be far apart, and says what they came to. */
export function LearningCurvesFigure({ runs }: FigureProps) {
  const { runs: compared } = useComparedRuns(useMemo(() => runs.map(({ id }) => id), [runs]))
  const curves = useMemo(() => learningCurves(runs, compared), [runs, compared])
  const series = useMemo(
    () =>
      curves.map(
        ({ run, points }): ChartSeries => ({
          id: run.id,
          label: run.label ?? run.name,
          colour: runColour(run.number),
          draw: 'both',
          points: points.map(({ step, validationLoss }) => ({ x: step, y: validationLoss })),
        }),
      ),
    [curves],
  )
  const xAxis = useMemo(() => {
    const steps = curves.flatMap(({ points }) => points.map(({ step }) => step))
    return { scale: 'log' as const, ticks: decades(Math.min(...steps), Math.max(...steps)) }
  }, [curves])
  return (
    <div className={classes.root}>
      {curves.map((curve) => (
        <CurveNumbers key={curve.run.id} curve={curve} />
      ))}
      <LossChart
        series={series}
        scale="linear"
        xLabel="Steps"
        yLabel="Objective, test data"
        xAxis={xAxis}
        height={300}
        emptyText="Curves begin with the first finished epoch"
      />
      {curves.length > 0 ? (
        <RunsTable
          label="What the runs came to"
          columns={['Steps', 'Time', 'Training objective', 'Test objective', 'Test MSE']}
          rows={curves.map(({ run, points }) => {
            const last = points.at(-1)
            return {
              run,
              cells: [
                last ? formatCount(last.step) : '–',
                last ? formatDuration(last.seconds) : '–',
                formatLoss(last?.trainLoss),
                formatLoss(last?.validationLoss),
                formatLoss(last?.validationMeanSquaredError),
              ],
            }
          })}
        />
      ) : null}
    </div>
  )
}

/** Leaves the numbers of a curve for the figure's download; the chart draws all of them together. */
function CurveNumbers({ curve }: { readonly curve: LearningCurve }) {
  useRowNumbers(
    curve.run.id,
    useMemo(() => () => curveTable(curve), [curve]),
  )
  return null
}

/** Marks 1, 10, 100… around a range. */
function decades(least: number, most: number): { readonly x: number; readonly label: string }[] {
  if (!(least > 0 && Number.isFinite(most))) return []
  const [first, last] = [Math.floor(Math.log10(least)), Math.ceil(Math.log10(most))]
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const x = 10 ** (first + index)
    return { x, label: formatCount(x) }
  })
}
