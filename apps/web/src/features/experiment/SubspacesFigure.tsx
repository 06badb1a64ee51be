'use client'

import { subjectTerm } from '@hourglass/autoencoders'
import { useMemo } from 'react'
import { formatLoss } from '../../ui/formatQuantity'
import { ChartBesideTable } from './ChartBesideTable'
import type { FigureProps } from './FigureProps'
import { measuredTitle } from './measuredTitle'
import { subspaces } from './subspaces'

/** Draws the principal angles between the space of each linear decoder and that of as many principal components, beside what both cost. */
export function SubspacesFigure({ runs, analyses }: FigureProps) {
  const rows = useMemo(() => subspaces({ runs, analyses }), [runs, analyses])
  const drawn = useMemo(() => rows.map(({ run, angles }) => ({ run, points: angles.map((y, index) => ({ x: index + 1, y })) })), [rows])
  return (
    <ChartBesideTable
      drawn={drawn}
      draw="both"
      chart={{
        xLabel: 'Principal angle, from the smallest',
        yLabel: 'Degrees',
        emptyText: 'Spaces are compared once a run has finished its last epoch',
      }}
      table={{
        label: 'Principal angles and errors',
        columns: [
          measuredTitle('subspaceAngle', 'Largest angle'),
          { title: 'Mean angle', term: 'principal-angle' },
          measuredTitle('unclippedMeanSquaredError'),
          { title: 'PCA', term: subjectTerm('PCA') },
          { title: 'Against PCA', term: 'against-pca' },
        ],
        rows: rows.map(({ run, angles, meanSquaredError, pcaMeanSquaredError }) => ({
          run,
          cells: [
            degrees(angles.at(-1) ?? 0),
            degrees(angles.reduce((sum, angle) => sum + angle, 0) / angles.length),
            formatLoss(meanSquaredError),
            formatLoss(pcaMeanSquaredError),
            meanSquaredError === null || !pcaMeanSquaredError ? '–' : `${(meanSquaredError / pcaMeanSquaredError).toFixed(3)} ×`,
          ],
        })),
      }}
    />
  )
}

const degrees = (angle: number) => `${angle.toFixed(1)}°`
