'use client'
import { useEffect, useEffectEvent, useImperativeHandle, useMemo, useReducer, useRef, useState } from 'react'
import type { BrowserModel } from '../../entities/model/openLatentModel'
import { toPixels } from '../../files/paintExample'
import classes from './CodeGrid.module.css'
import type { ExplorerStore } from './explorerStore'
import { codeInGrid, type GridPlane, gridCodes, placeInGrid } from './gridAxes'
import { type GridWindow, windowOf } from './gridWindow'
import { useGridWindow } from './useGridWindow'
import type { MapZoom } from './useMapZoom'

interface CodeGridProps {
  readonly ref: React.Ref<MapZoom>
  readonly store: ExplorerStore
  /** The whole ranges of its axes. */
  readonly plane: GridPlane
  /** What of them is decoded. */
  readonly window: GridWindow
  readonly onWindow: (window: GridWindow) => void
  /** Images along a side. */
  readonly side: number
  readonly model: BrowserModel | null
  /** `[height, width, channels]`. */
  readonly exampleShape: readonly number[]
}

/**
 * Draws a grid of decoded images row by row, with a mark where the live code is; a press or a drag moves the code, and arrow keys move it by one image. The
 * wheel, two fingers, a drag with Shift, and + − 0 and arrow keys with Shift move what of the plane is seen.
 */
export function CodeGrid({ ref, store, plane: whole, window, onWindow, side, model, exampleShape }: CodeGridProps) {
  const root = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const marker = useRef<HTMLSpanElement>(null)
  const [height = 1, width = 1, channels = 1] = exampleShape
  const plane = useMemo(() => windowOf(whole, window), [whole, window])
  const rows = plane.up ? side : 1
  const codes = useGridCodes(store, plane, side)
  const [done, setDone] = useState(0)
  const [error, setError] = useState<Error | null>(null)
  const [attempt, retry] = useReducer((before: number) => before + 1, 0)

  const paint = useEffectEvent((row: number, values: Float32Array) => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const pixels = context.createImageData(width, height)
    for (let column = 0; column < side; column++) {
      toPixels(values, pixels.data, { offset: column * width * height * channels, channels })
      context.putImageData(pixels, column * width, row * height)
    }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt decodes the same again
  useEffect(() => {
    if (model === null) return
    const leaving = new AbortController()
    const size = codes.length / (side * rows)
    const decode = async () => {
      for (let row = 0; row < rows; row++) {
        const values = await model.decode(codes.subarray(row * side * size, (row + 1) * side * size), side, leaving.signal)
        if (leaving.signal.aborted) return
        paint(row, values)
        setDone(row + 1)
        setError(null)
      }
    }
    setDone(0)
    decode().catch((reason: Error) => leaving.signal.aborted || setError(reason))
    return () => leaving.abort()
  }, [model, codes, side, rows, attempt])
  useEffect(() => {
    if (error === null) return
    // What failed may have been a worker, which the next call starts again.
    const end = store.code.subscribe(() => {
      end()
      retry()
    })
    return end
  }, [store, error])

  /** Fingers that are down: a second one takes the code from the first. */
  const fingers = useRef(new Set<number>())
  const movesView = (event: Event) =>
    event.type === 'wheel' || (event instanceof MouseEvent ? event.shiftKey : 'touches' in event && (event.touches as TouchList).length > 1)
  const { seen, zoom } = useGridWindow({ root, canvas, window, isFor: movesView, onSeen: () => place(), onWindow })
  useImperativeHandle(ref, () => zoom)

  const place = useEffectEvent(() => {
    const [right, above] = placeInGrid(store.code.values, windowOf(whole, seen.current))
    const isInside = right >= 0 && right <= 1 && above >= 0 && above <= 1
    if (!marker.current) return
    marker.current.hidden = !isInside
    Object.assign(marker.current.style, { left: `${100 * right}%`, top: `${100 * (1 - above)}%` })
    Object.assign(root.current?.dataset ?? {}, { across: String(right), up: String(above) })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another plane has another place
  useEffect(() => {
    place()
    return store.code.subscribe(() => place())
  }, [store, plane])

  const moveTo = (event: React.PointerEvent) => {
    const { left, top, width: wide, height: high } = event.currentTarget.getBoundingClientRect()
    const share = (value: number) => Math.min(1, Math.max(0, value))
    const to = [share((event.clientX - left) / wide), share(1 - (event.clientY - top) / high)] as const
    store.code.replace(codeInGrid(store.code.values, windowOf(whole, seen.current), to), event.timeStamp)
  }
  const views: Readonly<Record<string, () => void>> = { '+': zoom.zoomIn, '=': zoom.zoomIn, '-': zoom.zoomOut, '0': zoom.reset }
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1 / side, 0],
    ArrowRight: [1 / side, 0],
    ArrowUp: [0, 1 / rows],
    ArrowDown: [0, -1 / rows],
  }
  return (
    <>
      {error && (
        <p className={classes.problem} role="alert">
          The grid could not be decoded: {error.message}
        </p>
      )}
      <div
        ref={root}
        className={classes.root}
        data-testid="code-grid"
        data-done={done === rows || undefined}
        role="application"
        aria-roledescription="grid of images"
        aria-label={`${side * rows} images decoded around the current code, ${plane.across.name} across${plane.up ? `, ${plane.up.name} up` : ''}. Arrow keys move the code by one image, with Shift the view; + and − zoom, 0 shows all.`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move the code
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey) return
          const step = steps[event.key]
          const look = views[event.key]
          if (!step && !look) return
          event.preventDefault()
          if (look) return look()
          if (!step) return
          if (event.shiftKey) return zoom.pan(Math.sign(step[0]), -Math.sign(step[1]))
          const [right, above] = placeInGrid(store.code.values, plane)
          store.go(codeInGrid(store.code.values, plane, [right + step[0], above + step[1]]), event.timeStamp)
        }}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.shiftKey) return
          if (event.pointerType === 'touch') {
            for (const finger of fingers.current)
              if (event.currentTarget.hasPointerCapture(finger)) event.currentTarget.releasePointerCapture(finger)
            fingers.current.add(event.pointerId)
            if (fingers.current.size > 1) return
          }
          event.currentTarget.setPointerCapture(event.pointerId)
          // A finger may be the first of two: it moves the code once it moves, or leaves.
          if (event.pointerType !== 'touch') moveTo(event)
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) moveTo(event)
        }}
        onPointerUp={(event) => {
          fingers.current.delete(event.pointerId)
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
          if (event.pointerType === 'touch') moveTo(event)
          store.code.settle()
        }}
        onPointerCancel={(event) => {
          fingers.current.delete(event.pointerId)
          store.code.settle()
        }}
      >
        <canvas ref={canvas} className={classes.canvas} width={side * width} height={rows * height} />
        <span ref={marker} className={classes.marker} data-not-in-figure />
      </div>
      <p className={classes.state} role="status">
        {done < rows && model !== null && error === null ? `Row ${done} of ${rows} decoded` : ''}
      </p>
    </>
  )
}

/** Lists the codes of the grid through the live code: others once a movement ends that leaves their plane. */
function useGridCodes(store: ExplorerStore, plane: GridPlane, side: number): Float32Array {
  const [kept, setKept] = useState(() => ({ plane, side, codes: gridCodes(store.code.values, plane, side) }))
  let latest = kept
  if (kept.plane !== plane || kept.side !== side) {
    latest = { plane, side, codes: gridCodes(store.code.values, plane, side) }
    setKept(latest)
  }
  const look = useEffectEvent(() => {
    const codes = gridCodes(store.code.values, plane, side)
    if (codes.some((value, at) => Math.abs(value - (latest.codes[at] as number)) > SAME)) setKept({ plane, side, codes })
  })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        timer = undefined
        look()
      }, REST)
    }
    // A key that is held, or pressed again and again, ends a movement each time.
    const ends = [store.subscribe(later), store.code.subscribe(() => timer === undefined || later())]
    return () => {
      for (const end of ends) end()
      clearTimeout(timer)
    }
  }, [store])
  return latest.codes
}

/** Milliseconds that nothing has to move before other images are decoded. */
const REST = 120

/** What is nearer than this is the same code, computed another way. */
const SAME = 1e-4
