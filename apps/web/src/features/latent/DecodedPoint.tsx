'use client'
import { useMemo, useRef } from 'react'
import { extentOf, unite } from '../../files/plotExtent'
import { pointSize } from '../../files/pointSize'
import type { CodeStore } from '../../latent/codeStore'
import type { LatentModel } from '../../latent/openLatentModel'
import { useDecodedCode } from '../../latent/useDecodedCode'
import { type ScatterMarker, ScatterPlot } from '../../ui/ScatterPlot'

interface DecodedPointProps {
  readonly store: CodeStore
  readonly model: LatentModel | null
  /** Interleaved x and y of test points. */
  readonly originals: Float32Array
  /** Codes of many test examples, row-major; what they decode to shows what the model has learned. */
  readonly codes: Float32Array | null
  readonly label: string
  /** Asks for the code of a place in the plane. */
  readonly onPick: (point: Float32Array, at: number) => void
}

/** Draws the point that the decoder makes of the live code among the test points and everything the model has learned to draw. */
export function DecodedPoint({ store, model, originals, codes, label, onPick }: DecodedPointProps) {
  const marker = useRef<ScatterMarker>(null)
  const extent = useMemo(() => unite(extentOf(originals, { axis: 0 }), extentOf(originals, { axis: 1 })), [originals])
  const layers = useMemo(() => {
    const size = store.values.length
    const learned = model !== null && codes !== null && codes.length >= size ? model.decode(codes, Math.floor(codes.length / size)) : []
    const pointRadius = pointSize(originals.length / 2)
    return [
      { kind: 'dots' as const, points: originals, colour: '--hg-faint', size: pointRadius },
      { kind: 'dots' as const, points: learned, colour: '--hg-accent', size: Math.max(1.2, pointRadius / 2), opacity: 0.8 },
    ]
  }, [store, model, codes, originals])

  useDecodedCode({ store, model, draw: (values) => marker.current?.place(values[0] ?? 0, values[1] ?? 0) })
  return (
    <ScatterPlot
      label={label}
      layers={layers}
      x={extent}
      y={extent}
      xLabel="x"
      yLabel="y"
      marker={marker}
      onPick={(x, y, at) => onPick(Float32Array.of(x, y), at)}
      testId="decoded-image"
    />
  )
}
