'use client'
import type { StoredCodes } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useEffect, useMemo, useRef } from 'react'
import { labelColour } from '../../ui/labelColours'
import { type ScatterMarker, ScatterPlot } from '../../ui/ScatterPlot'
import { frameOf, placeOf, placesOf, planeOf } from './mapPlane'
import { usePrincipal } from './usePrincipal'

interface AcrossMapProps {
  readonly cloud: StoredCodes
  readonly size: number
  /** The code that is marked; null for none. */
  readonly code: Float32Array | null
  /** Codes that a line goes through, `[count, size]`. */
  readonly path: Float32Array | null
  readonly label: string
}

/** Draws the codes of a run in a plane of its own latent space, a code in it, and a path. */
export function AcrossMap({ cloud, size, code, path, label }: AcrossMapProps) {
  const marker = useRef<ScatterMarker>(null)
  const principal = usePrincipal(size > 2 ? cloud.trainingCodes : null, size)
  const found = principal.answer?.codes === cloud.trainingCodes ? principal.answer.found : null
  const drawn = useMemo(() => {
    const plane = planeOf(size > 2 ? { kind: 'principal' } : { kind: 'units', across: 0, up: size === 2 ? 1 : null }, {
      size,
      principal: found,
    })
    if (!plane) return null
    const { x, y } = placesOf(cloud.codes, cloud.labels, plane)
    const points = new Float32Array(2 * x.length)
    for (const [row, across] of x.entries()) points.set([across, y[row] as number], 2 * row)
    return { plane, points, frame: frameOf({ x, y }, plane.up === null) }
  }, [cloud, size, found])
  const layers = useMemo(() => {
    if (!drawn) return null
    const labels = cloud.labels
    const through = path
      ? Float32Array.from({ length: (2 * path.length) / size }, (_, at) => {
          const row = Math.floor(at / 2)
          return placeOf(path.subarray(row * size, (row + 1) * size), drawn.plane)[at % 2] ?? drawn.frame.y.maximum / 2
        })
      : new Float32Array()
    return [
      { kind: 'dots' as const, points: drawn.points, colour: (index: number) => labelColour(labels[index] ?? 0), size: 1.2, opacity: 0.6 },
      { kind: 'line' as const, points: through, colour: '--hg-text', size: 2 },
    ]
  }, [drawn, cloud, path, size])
  useEffect(() => {
    if (!drawn || !code) return
    const [x, y] = placeOf(code, drawn.plane)
    marker.current?.place(x, y ?? drawn.frame.y.maximum / 2)
  }, [drawn, code])
  if (!drawn || !layers) return <Skeleton height={220} />
  const [xLabel, yLabel] = drawn.plane.names
  return (
    <ScatterPlot
      label={label}
      layers={layers}
      x={drawn.frame.x}
      y={drawn.frame.y}
      xLabel={xLabel}
      yLabel={yLabel}
      marker={marker}
      testId="across-map"
    />
  )
}
