'use client'
import { useMemo, useRef } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { useDecoded } from '../../entities/model/useDecoded'
import { pointSize } from '../../files/pointSize'
import { pointView } from '../../files/pointView'
import { extentOf, unite } from '../../ui/plotExtent'
import { type ScatterMarker, ScatterPlot } from '../../ui/ScatterPlot'
import type { CodeStore } from './codeStore'
import { NotDecoded } from './NotDecoded'
import { useDecodedCode } from './useDecodedCode'

interface DecodedPointProps {
  readonly store: CodeStore
  readonly model: BrowserModel | null
  /** Coordinates of one point. */
  readonly size: number
  /** Test points, `[count, size]`. */
  readonly originals: Float32Array
  /** Codes of many test examples, row-major; what they decode to shows what the model has learned. */
  readonly codes: Float32Array | null
  readonly label: string
  /** Asks for the code of a place in the plane; never called for points elsewhere. */
  readonly onPick: (point: Float32Array) => void
}

/** Draws the point that the decoder makes of the live code among the test points and everything the model has learned to draw. */
export function DecodedPoint({ store, model, size, originals, codes, label, onPick }: DecodedPointProps) {
  const marker = useRef<ScatterMarker>(null)
  const view = useMemo(() => pointView(size), [size])
  const tests = useMemo(() => view.flatten(originals), [view, originals])
  const extent = useMemo(() => unite(extentOf(tests, { axis: 0 }), extentOf(tests, { axis: 1 })), [tests])
  const codeSize = store.values.length
  const learned = useDecoded(model, codes && codes.length >= codeSize ? codes : null, Math.floor((codes?.length ?? 0) / codeSize))
  const layers = useMemo(() => {
    const pointRadius = pointSize(tests.length / 2)
    return [
      { kind: 'dots' as const, points: tests, colour: '--hg-faint', size: pointRadius },
      {
        kind: 'dots' as const,
        points: view.flatten(learned.answer ?? []),
        colour: '--hg-accent',
        size: Math.max(1.2, pointRadius / 2),
        opacity: 0.8,
      },
    ]
  }, [view, learned.answer, tests])

  const draw = (values: ArrayLike<number>) => {
    const [x = 0, y = 0] = view.flatten(values)
    marker.current?.place(x, y)
  }
  const error = useDecodedCode({ store, model, draw })
  return (
    <>
      <NotDecoded error={error ?? learned.error} />
      <ScatterPlot
        label={label}
        layers={layers}
        x={extent}
        y={extent}
        xLabel={view.xLabel}
        yLabel={view.yLabel}
        marker={marker}
        {...(view.isPlane ? { onPick: (x: number, y: number) => onPick(Float32Array.of(x, y)) } : {})}
        testId="decoded-image"
      />
    </>
  )
}
