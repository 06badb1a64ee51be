'use client'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import type { FigureTable } from '../../ui/FigureSource'
import { type Extent, extentOf, widen } from '../../ui/plotExtent'
import { useReconstructed } from './useReconstructed'

const PLACES = 241
const nothing = new Float32Array()

export interface ReconstructionCurve {
  readonly extent: Extent
  /** Interleaved x and r(x), from left to right; null until the model has answered. */
  readonly curve: Float32Array | null
  readonly error: Error | null
  readonly retry: () => void
  readonly table: () => FigureTable
}

/** Computes r(x) at places of a line from left to right of test points. */
export function useReconstructionCurve(model: LatentModel | null, points: Float32Array | null): ReconstructionCurve {
  const extent = useMemo(() => widen(extentOf(points ?? nothing, { axis: 0, stride: 1 }), 0.2), [points])
  const places = useMemo(() => {
    const { minimum, maximum } = extent
    return Float32Array.from({ length: PLACES }, (_, index) => minimum + (index * (maximum - minimum)) / (PLACES - 1))
  }, [extent])
  const { values, error, retry } = useReconstructed(points ? model : null, places, PLACES)
  const curve = useMemo(() => (values?.length === PLACES ? interleave(places, values) : null), [places, values])
  const table = useMemo(
    () => () => ({
      columns: ['x', 'r(x)'],
      rows: Array.from(places, (x, index) => [x, curve?.[2 * index + 1] ?? null]),
    }),
    [places, curve],
  )
  return { extent, curve, error, retry, table }
}

function interleave(xs: Float32Array, ys: Float32Array): Float32Array {
  const points = new Float32Array(2 * xs.length)
  for (const [index, x] of xs.entries()) points.set([x, ys[index] ?? 0], 2 * index)
  return points
}

/** Averages the size of the slope of a curve, interleaved x and y with x in equal steps, over some places. */
export function meanSlopeAt(curve: Float32Array, places: Float32Array): number {
  const [first = 0, , second = 1] = curve
  const last = curve.length / 2 - 2
  const slopes = Array.from(places, (place) => {
    const at = Math.min(last, Math.max(0, Math.floor((place - first) / (second - first))))
    return Math.abs((curve[2 * at + 3] ?? 0) - (curve[2 * at + 1] ?? 0)) / (second - first)
  })
  return slopes.reduce((sum, slope) => sum + slope, 0) / Math.max(1, slopes.length)
}
