'use client'
import { type Arrows, arrowsBetween, gridPoints, type LatentModel } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import type { FigureTable } from '../../ui/FigureSource'
import { type Extent, extentOf, unite, widen } from '../../ui/plotExtent'
import { type CorruptedPoints, useCorruptedPoints } from './useCorruptedPoints'
import { useReconstructed } from './useReconstructed'

const SIDE = 24
const nowhere = new Float32Array()

export interface VectorField {
  readonly extent: Extent
  /** Null until the model has moved the places of the plane. */
  readonly arrows: Arrows | null
  /** Null until the model has moved them, and where points are not corrupted by normal noise. */
  readonly corrupted: CorruptedPoints | null
  readonly error: Error | null
  readonly retry: () => void
  /** Lists each place, and each corrupted point, with its arrow. */
  readonly table: () => FigureTable
}

/**
 * Computes where a model of points moves the places of a grid around test points, interleaved x and y, and corrupted points: those of normal noise
 * with a standard deviation, of none for null.
 */
export function useVectorField(model: LatentModel | null, points: Float32Array | null, deviation: number | null): VectorField {
  const extent = useMemo(() => {
    const covered = unite(extentOf(points ?? nowhere, { axis: 0 }), extentOf(points ?? nowhere, { axis: 1 }))
    return widen(covered, 0.15)
  }, [points])
  const grid = useMemo(() => gridPoints({ x: extent, y: extent, side: SIDE }), [extent])
  const { values, error, retry } = useReconstructed(points ? model : null, grid, SIDE * SIDE)
  const arrows = useMemo(
    () => (values && values.length === grid.length ? arrowsBetween(grid, values, (1.5 * (extent.maximum - extent.minimum)) / SIDE) : null),
    [grid, values, extent],
  )
  const { corrupted, error: failure, retry: again } = useCorruptedPoints(model, points, deviation)
  const table = useMemo(
    () => (): FigureTable => ({
      columns: ['of', 'x', 'y', 'r(x) − x, across', 'r(x) − x, up'],
      rows: [
        ...stepRows('place of the plane', grid, values ?? nowhere),
        ...(corrupted ? stepRows('corrupted test point', corrupted.points, corrupted.reconstructions) : []),
      ],
    }),
    [grid, values, corrupted],
  )
  return { extent, arrows, corrupted, error: error ?? failure, retry: error ? retry : again, table }
}

function stepRows(of: string, from: Float32Array, to: Float32Array): FigureTable['rows'] {
  return Array.from({ length: Math.min(from.length, to.length) / 2 }, (_, index) => {
    const [x = 0, y = 0] = from.subarray(index * 2)
    const [toX = 0, toY = 0] = to.subarray(index * 2)
    return [of, x, y, toX - x, toY - y]
  })
}
