'use client'
import { type Arrows, arrowsBetween, gridPoints, type LatentModel } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import type { FigureTable } from '../../ui/FigureSource'
import { type Extent, extentOf, unite, widen } from '../../ui/plotExtent'
import { useReconstructed } from './useReconstructed'

const SIDE = 24
const nowhere = new Float32Array()

export interface VectorField {
  readonly extent: Extent
  /** Null until the model has moved the places of the plane. */
  readonly arrows: Arrows | null
  readonly error: Error | null
  readonly retry: () => void
  /** Lists each place and its arrow. */
  readonly table: () => FigureTable
}

/** Computes where a model of points moves the places of a grid around test points, interleaved x and y. */
export function useVectorField(model: LatentModel | null, points: Float32Array | null): VectorField {
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
  const table = useMemo(() => () => fieldTable(grid, values ?? nowhere), [grid, values])
  return { extent, arrows, error, retry, table }
}

function fieldTable(grid: Float32Array, values: Float32Array): FigureTable {
  return {
    columns: ['x', 'y', 'r(x) − x, across', 'r(x) − x, up'],
    rows: Array.from({ length: values.length / 2 }, (_, index) => {
      const [x = 0, y = 0] = grid.subarray(index * 2)
      const [toX = 0, toY = 0] = values.subarray(index * 2)
      return [x, y, toX - x, toY - y]
    }),
  }
}
