'use client'

import { useMemo } from 'react'
import { rateTicks } from '../../entities/analysis/rateTicks'
import { formatLoss } from '../../ui/formatQuantity'
import { ChartBesideTable } from './ChartBesideTable'
import { contractions } from './contractions'
import type { FigureProps } from './FigureProps'
import { measuredTitle } from './measuredTitle'

/**
 * Sets each run's error over the norm of its encoder's Jacobian, and says how many times smaller that is than without a penalty; the same free of the
 * code's scale, and how much the whole reconstruction answers.
 */
export function ContractionFigure({ runs, analyses }: FigureProps) {
  const { reference, rows } = useMemo(() => contractions({ runs, analyses }), [runs, analyses])
  const drawn = useMemo(
    () => rows.map(({ run, jacobianNorm, meanSquaredError }) => ({ run, points: [{ x: jacobianNorm, y: meanSquaredError }] })),
    [rows],
  )
  const xAxis = useMemo(() => {
    const norms = rows.map(({ jacobianNorm }) => jacobianNorm).filter((norm) => norm > 0)
    return { scale: 'log' as const, ticks: rateTicks(Math.min(...norms) / 1.5, Math.max(...norms) * 1.5) }
  }, [rows])
  const than = reference ? (reference.label ?? reference.name) : 'without a penalty'
  return (
    <ChartBesideTable
      drawn={drawn}
      draw="points"
      chart={{
        xLabel: 'Mean Jacobian norm',
        yLabel: 'MSE, not clipped',
        xAxis,
        emptyText: 'Encoders are measured once a run has finished its last epoch',
      }}
      table={{
        label: 'Jacobian norms and errors',
        columns: [
          measuredTitle('jacobianNorm'),
          { title: `Smaller than ${than}`, term: 'contraction' },
          measuredTitle('scaledJacobianNorm'),
          { title: `Scaled, smaller than ${than}`, term: 'contraction' },
          measuredTitle('reconstructionJacobianNorm', 'Of the reconstruction'),
          measuredTitle('unclippedMeanSquaredError'),
          measuredTitle('unclippedMeanSquaredError', `Of ${than}’s`),
        ],
        rows: rows.map(({ run, ...row }) => ({
          run,
          cells: [
            formatLoss(row.jacobianNorm),
            times(row.contraction, 1),
            formatLoss(row.scaledJacobianNorm),
            times(row.scaledContraction, 1),
            formatLoss(row.reconstructionJacobianNorm),
            formatLoss(row.meanSquaredError),
            times(row.errorRatio, 2),
          ],
        })),
      }}
    />
  )
}

const times = (ratio: number | null, digits: number) => (ratio === null ? '–' : `${ratio.toFixed(digits)} ×`)
