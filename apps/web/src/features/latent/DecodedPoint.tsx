'use client'
import { useMemo, useRef } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import { extentOf, unite } from '../../files/plotExtent'
import { pointSize } from '../../files/pointSize'
import { type ScatterMarker, ScatterPlot } from '../../ui/ScatterPlot'
import type { CodeStore } from './codeStore'
import { NotDecoded } from './NotDecoded'
import { useDecodedCode } from './useDecodedCode'

interface DecodedPointProps {
  readonly store: CodeStore
  readonly model: BrowserModel | null
  /** Interleaved x and y of test points. */
  readonly originals: Float32Array
  /** Codes of many test examples, row-major; what they decode to shows what the model has learned. */
  readonly codes: Float32Array | null
  readonly label: string
  /** Asks for the code of a place in the plane. */
  readonly onPick: (point: Float32Array) => void
}

/** Draws the point that the decoder makes of the live code among the test points and everything the model has learned to draw. */
export function DecodedPoint({ store, model, originals, codes, label, onPick }: DecodedPointProps) {
  const marker = useRef<ScatterMarker>(null)
  const extent = useMemo(() => unite(extentOf(originals, { axis: 0 }), extentOf(originals, { axis: 1 })), [originals])
  const size = store.values.length
  const learned = useDecoded(model, codes && codes.length >= size ? codes : null, Math.floor((codes?.length ?? 0) / size))
  const layers = useMemo(() => {
    const pointRadius = pointSize(originals.length / 2)
    return [
      { kind: 'dots' as const, points: originals, colour: '--hg-faint', size: pointRadius },
      { kind: 'dots' as const, points: learned.answer ?? [], colour: '--hg-accent', size: Math.max(1.2, pointRadius / 2), opacity: 0.8 },
    ]
  }, [learned.answer, originals])

  const error = useDecodedCode({ store, model, draw: (values) => marker.current?.place(values[0] ?? 0, values[1] ?? 0) })
  return (
    <>
      <NotDecoded error={error ?? learned.error} />
      <ScatterPlot
        label={label}
        layers={layers}
        x={extent}
        y={extent}
        xLabel="x"
        yLabel="y"
        marker={marker}
        onPick={(x, y) => onPick(Float32Array.of(x, y))}
        testId="decoded-image"
      />
    </>
  )
}
