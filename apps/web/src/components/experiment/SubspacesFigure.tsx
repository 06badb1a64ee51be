'use client'

import { useMemo } from 'react'
import { subspaces } from '../../experiment/subspaces'
import { runColour } from '../../theme/runColour'
import { type ChartSeries, LossChart } from '../LossChart'
import { formatLoss } from '../run/formatQuantity'
import classes from './ChartBesideTable.module.css'
import type { FigureProps } from './FigureProps'
import { RunsTable } from './RunsTable'

/** Draws the principal angles between the space of each linear decoder and that of as many principal components, beside what both cost. */
export function SubspacesFigure({ runs, analyses }: FigureProps) {
  const rows = useMemo(() => subspaces({ runs, analyses }), [runs, analyses])
  const series = useMemo(
    () =>
      rows.map(
        ({ run, angles }): ChartSeries => ({
          id: run.id,
          label: run.label ?? run.name,
          colour: runColour(run.number),
          draw: 'both',
          points: angles.map((angle, index) => ({ x: index + 1, y: angle })),
        }),
      ),
    [rows],
  )
  return (
    <div className={classes.root}>
      <LossChart
        series={series}
        scale="linear"
        xLabel="Principal angle, from the smallest"
        yLabel="Degrees"
        height={300}
        emptyText="Spaces are compared once a run has finished its last epoch"
      />
      {rows.length > 0 ? (
        <RunsTable
          label="Principal angles and errors"
          columns={['Largest angle', 'Mean angle', 'MSE, not clipped', 'PCA', 'Against PCA']}
          rows={rows.map(({ run, angles, meanSquaredError, pcaMeanSquaredError }) => ({
            run,
            cells: [
              degrees(angles.at(-1) ?? 0),
              degrees(angles.reduce((sum, angle) => sum + angle, 0) / angles.length),
              formatLoss(meanSquaredError),
              formatLoss(pcaMeanSquaredError),
              meanSquaredError === null || !pcaMeanSquaredError ? '–' : `${(meanSquaredError / pcaMeanSquaredError).toFixed(3)} ×`,
            ],
          }))}
        />
      ) : null}
    </div>
  )
}

const degrees = (angle: number) => `${angle.toFixed(1)}°`
