'use client'

import { useMemo } from 'react'
import { rateTicks } from '../../entities/analysis/rateTicks'
import { formatLoss } from '../../ui/formatQuantity'
import { ChartBesideTable } from './ChartBesideTable'
import { contractions } from './contractions'
import type { FigureProps } from './FigureProps'

/** Sets each run's error over the norm of its encoder's Jacobian, and says how many times smaller that is than without a penalty. */
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
        columns: ['Jacobian norm', `Smaller than ${than}`, 'MSE, not clipped', `Of ${than}’s`],
        rows: rows.map(({ run, jacobianNorm, meanSquaredError, contraction, errorRatio }) => ({
          run,
          cells: [formatLoss(jacobianNorm), times(contraction, 1), formatLoss(meanSquaredError), times(errorRatio, 2)],
        })),
      }}
    />
  )
}

const times = (ratio: number | null, digits: number) => (ratio === null ? '–' : `${ratio.toFixed(digits)} ×`)
