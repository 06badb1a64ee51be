'use client'
import { Skeleton } from '@mantine/core'
import { useMemo, useRef } from 'react'
import type { FigureSource } from '../../download/FigureSource'
import type { LatentModel } from '../../latent/openLatentModel'
import { extentOf, unite, widen } from '../../latent/plotExtent'
import { useReconstructed } from '../../latent/useReconstructed'
import { arrowsBetween, gridPoints } from '../../latent/vectorField'
import { FigureDownload } from '../FigureDownload'
import { RunSection } from './RunSection'
import { ScatterPlot } from './ScatterPlot'
import classes from './VectorFieldSection.module.css'

interface VectorFieldSectionProps {
  readonly epoch: number
  readonly model: LatentModel | null
  /** Interleaved x and y of test points; null while they load. */
  readonly points: Float32Array | null
  readonly source: FigureSource
}

const SIDE = 24
const nowhere = new Float32Array()

/** Draws where a denoising autoencoder of points moves every place of the plane: back to the manifold. */
export function VectorFieldSection({ epoch, model, points, source }: VectorFieldSectionProps) {
  const figure = useRef<HTMLDivElement>(null)
  const extent = useMemo(() => {
    const covered = unite(extentOf(points ?? nowhere, { axis: 0 }), extentOf(points ?? nowhere, { axis: 1 }))
    return widen(covered, 0.15)
  }, [points])
  const grid = useMemo(() => gridPoints({ x: extent, y: extent, side: SIDE }), [extent])
  const { values, error } = useReconstructed(points ? model : null, grid, SIDE * SIDE)
  const arrows = useMemo(
    () => (values && values.length === grid.length ? arrowsBetween(grid, values, (1.5 * (extent.maximum - extent.minimum)) / SIDE) : null),
    [grid, values, extent],
  )
  const layers = useMemo(
    () => [
      { kind: 'dots' as const, points: points ?? nowhere, colour: '--hg-accent', size: 1.6, opacity: 0.7 },
      { kind: 'links' as const, points: arrows?.links ?? nowhere, colour: '--hg-text', size: 1, opacity: 0.8 },
    ],
    [points, arrows],
  )
  return (
    <RunSection
      id="run-field"
      title="Vector field"
      note={`Where the autoencoder moves each place of the plane, r(x) − x, epoch ${epoch}${arrows ? `; arrows drawn ${arrows.scale >= 0.1 ? arrows.scale.toFixed(2) : arrows.scale.toPrecision(1)} × as long` : ''}`}
      controls={
        values && (
          <FigureDownload
            what="vector field"
            source={source}
            figure={figure}
            table={() => ({
              columns: ['x', 'y', 'r(x) − x, across', 'r(x) − x, up'],
              rows: Array.from({ length: SIDE * SIDE }, (_, index) => {
                const [x = 0, y = 0] = grid.subarray(index * 2)
                const [toX = 0, toY = 0] = values.subarray(index * 2)
                return [x, y, toX - x, toY - y]
              }),
            })}
          />
        )
      }
    >
      {error && <p className={classes.problem}>The field could not be computed: {error.message}</p>}
      {points && arrows ? (
        <div ref={figure} className={classes.plot} data-testid="vector-field" data-epoch={epoch}>
          <ScatterPlot
            label={`Arrows over the plane, each from a place towards its reconstruction, and ${points.length / 2} test points`}
            layers={layers}
            x={extent}
            y={extent}
            xLabel="x"
            yLabel="y"
          />
        </div>
      ) : (
        !error && <Skeleton className={classes.placeholder ?? ''} />
      )}
    </RunSection>
  )
}
