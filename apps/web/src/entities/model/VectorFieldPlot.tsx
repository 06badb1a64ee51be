'use client'
import { useMemo } from 'react'
import { ScatterPlot } from '../../ui/ScatterPlot'
import type { VectorField } from './useVectorField'
import classes from './VectorFieldPlot.module.css'

interface VectorFieldPlotProps {
  readonly epoch: number
  /** Interleaved x and y of test points. */
  readonly points: Float32Array
  readonly extent: VectorField['extent']
  readonly arrows: NonNullable<VectorField['arrows']>
}

/** Draws test points and, over the plane, arrows from each place towards its reconstruction. */
export function VectorFieldPlot({ epoch, points, extent, arrows }: VectorFieldPlotProps) {
  const layers = useMemo(
    () => [
      { kind: 'dots' as const, points, colour: '--hg-accent', size: 1.6, opacity: 0.7 },
      { kind: 'links' as const, points: arrows.links, colour: '--hg-text', size: 1, opacity: 0.8 },
    ],
    [points, arrows],
  )
  return (
    <div className={classes.plot} data-testid="vector-field" data-epoch={epoch}>
      <ScatterPlot
        label={`Arrows over the plane, each from a place towards its reconstruction, and ${points.length / 2} test points`}
        layers={layers}
        x={extent}
        y={extent}
        xLabel="x"
        yLabel="y"
      />
    </div>
  )
}
