'use client'

import { useMemo } from 'react'
import { contractions } from '../../experiment/contractions'
import { runColour } from '../../theme/runColour'
import { rateTicks } from '../analysis/rateTicks'
import { type ChartSeries, LossChart } from '../LossChart'
import { formatLoss } from '../run/formatQuantity'
import classes from './ChartBesideTable.module.css'
import type { FigureProps } from './FigureProps'
import { RunsTable } from './RunsTable'

/** Sets each run's error over the norm of its encoder's Jacobian, and says how many times smaller that is than without a penalty. */
export function ContractionFigure({ runs, analyses }: FigureProps) {
  const { reference, rows } = useMemo(() => contractions({ runs, analyses }), [runs, analyses])
  const series = useMemo(
    () =>
      rows.map(
        ({ run, jacobianNorm, meanSquaredError }): ChartSeries => ({
          id: run.id,
          label: run.label ?? run.name,
          colour: runColour(run.number),
          draw: 'points',
          points: [{ x: jacobianNorm, y: meanSquaredError }],
        }),
      ),
    [rows],
  )
  const xAxis = useMemo(() => {
    const norms = rows.map(({ jacobianNorm }) => jacobianNorm).filter((norm) => norm > 0)
    return { scale: 'log' as const, ticks: rateTicks(Math.min(...norms) / 1.5, Math.max(...norms) * 1.5) }
  }, [rows])
  const than = reference ? (reference.label ?? reference.name) : 'without a penalty'
  return (
    <div className={classes.root}>
      <LossChart
        series={series}
        scale="linear"
        xLabel="Mean Jacobian norm"
        yLabel="MSE, not clipped"
        xAxis={xAxis}
        height={300}
        emptyText="Encoders are measured once a run has finished its last epoch"
      />
      {rows.length > 0 ? (
        <RunsTable
          label="Jacobian norms and errors"
          columns={['Jacobian norm', `Smaller than ${than}`, 'MSE, not clipped', `Of ${than}’s`]}
          rows={rows.map(({ run, jacobianNorm, meanSquaredError, contraction, errorRatio }) => ({
            run,
            cells: [formatLoss(jacobianNorm), times(contraction, 1), formatLoss(meanSquaredError), times(errorRatio, 2)],
          }))}
        />
      ) : null}
    </div>
  )
}

const times = (ratio: number | null, digits: number) => (ratio === null ? '–' : `${ratio.toFixed(digits)} ×`)
