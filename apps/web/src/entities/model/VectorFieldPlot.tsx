'use client'
import { useMemo } from 'react'
import { formatLoss } from '../../ui/formatQuantity'
import { PlotLegend } from '../../ui/PlotLegend'
import { ScatterPlot } from '../../ui/ScatterPlot'
import type { CorruptedPoints } from './useCorruptedPoints'
import type { VectorField } from './useVectorField'
import classes from './VectorFieldPlot.module.css'

interface VectorFieldPlotProps {
  readonly epoch: number
  /** Interleaved x and y of test points. */
  readonly points: Float32Array
  readonly extent: VectorField['extent']
  readonly arrows: NonNullable<VectorField['arrows']>
  readonly corrupted: CorruptedPoints | null
}

/**
 * Draws test points and, over the plane, arrows from each place towards its reconstruction; around some of the points the circle that their noise lies
 * around, and arrows from corrupted points all the way to their reconstructions. Source: Goodfellow et al. 2016, figures 14.4 and 14.5.
 */
export function VectorFieldPlot({ epoch, points, extent, arrows, corrupted }: VectorFieldPlotProps) {
  const layers = useMemo(
    () => [
      { kind: 'dots' as const, points, colour: '--hg-accent', size: 1.6, opacity: 0.7 },
      { kind: 'links' as const, points: arrows.links, colour: '--hg-text', size: 1, opacity: corrupted ? 0.35 : 0.8 },
      ...(corrupted
        ? [
            ...corrupted.circles.map((circle) => ({ kind: 'line' as const, points: circle, colour: '--hg-warning', size: 1.25 })),
            { kind: 'links' as const, points: corrupted.arrows, colour: '--hg-warning', size: 1 },
            { kind: 'dots' as const, points: corrupted.points, colour: '--hg-warning', size: 2 },
          ]
        : []),
    ],
    [points, arrows, corrupted],
  )
  return (
    <figure className={classes.plot} data-testid="vector-field" data-epoch={epoch}>
      <ScatterPlot
        label={`Arrows over the plane, each from a place towards its reconstruction, and ${points.length / 2} test points${corrupted ? `; around ${corrupted.circles.length} of them corrupted points and where they are moved to` : ''}`}
        layers={layers}
        x={extent}
        y={extent}
        xLabel="x"
        yLabel="y"
      />
      {corrupted && (
        <figcaption>
          <PlotLegend
            entries={[
              { text: 'Test points', mark: 'dot', colour: 'var(--hg-accent)' },
              { text: 'Corrupted, to r(x̃)', mark: 'dot', colour: 'var(--hg-warning)' },
              { text: `σ = ${formatLoss(corrupted.deviation)}`, mark: 'circle', colour: 'var(--hg-warning)' },
            ]}
          />
        </figcaption>
      )}
    </figure>
  )
}
