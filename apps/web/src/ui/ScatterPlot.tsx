'use client'
import { useComputedColorScheme } from '@mantine/core'
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react'
import { keepDrawing } from './canvasDrawings'
import { drawLayers } from './drawLayers'
import { type PlotAxes, PlotFrame } from './PlotFrame'
import { paintLayers, type ScatterLayer } from './paintLayers'
import { fromUnit, toUnit } from './plotExtent'
import classes from './ScatterPlot.module.css'
import { keepSharp } from './sharpCanvases'

export interface ScatterMarker {
  /** Moves the marker to a place in the plot's units, at once. */
  place(x: number, y: number): void
}

interface ScatterPlotProps extends PlotAxes {
  readonly label: string
  readonly layers: readonly ScatterLayer[]
  /** Gives a marker that moves without rendering. */
  readonly marker?: Ref<ScatterMarker>
  /** Called with a place in the plot's units as the reader presses and drags, and when it happened. */
  readonly onPick?: (x: number, y: number, at: number) => void
  readonly testId?: string
}

/** Draws points on a square canvas, sharp on any screen, with a marker above that moves on its own. */
export function ScatterPlot({ label, layers, x, y, xLabel, yLabel, marker, onPick, testId }: ScatterPlotProps) {
  const scheme = useComputedColorScheme('light')
  const frame = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const dot = useRef<HTMLSpanElement>(null)
  const placed = useRef<readonly [number, number] | null>(null)

  const place = () => {
    if (!dot.current || !placed.current) return
    const [atX, atY] = placed.current
    dot.current.style.left = `${toUnit(atX, x) * 100}%`
    dot.current.style.top = `${(1 - toUnit(atY, y)) * 100}%`
    dot.current.hidden = false
    if (frame.current) {
      frame.current.dataset.x = String(atX)
      frame.current.dataset.y = String(atY)
    }
  }
  useImperativeHandle(marker, () => ({
    place(atX, atY) {
      placed.current = [atX, atY]
      place()
    },
  }))
  useLayoutEffect(place)

  // The colour scheme is read from the page while painting.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of scheme repaints
  useEffect(() => {
    const element = canvas.current
    if (!element) return
    const paint = () => paintLayers(element, { layers, x, y })
    paint()
    const forget = keepSharp(element, async (magnification) => {
      const cover = document.createElement('canvas')
      paintLayers(cover, { layers, x, y, like: element, density: window.devicePixelRatio * magnification })
      return cover
    })
    const forgetDrawing = keepDrawing(element, () => drawLayers(element, { layers, x, y }))
    const observer = new ResizeObserver(paint)
    observer.observe(element)
    return () => {
      forget()
      forgetDrawing()
      observer.disconnect()
    }
  }, [layers, x, y, scheme])

  const pick = (event: React.PointerEvent<HTMLDivElement>) => {
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect()
    const across = (event.clientX - left) / width
    const up = 1 - (event.clientY - top) / height
    onPick?.(fromUnit(across, x), fromUnit(up, y), event.timeStamp)
  }
  return (
    <PlotFrame x={x} y={y} xLabel={xLabel} yLabel={yLabel}>
      <div
        ref={frame}
        className={classes.frame}
        data-pickable={onPick !== undefined || undefined}
        data-testid={testId}
        role="img"
        aria-label={label}
        onPointerDown={(event) => {
          if (!onPick || event.button !== 0) return
          event.currentTarget.setPointerCapture(event.pointerId)
          pick(event)
        }}
        onPointerMove={(event) => {
          if (event.currentTarget.hasPointerCapture(event.pointerId)) pick(event)
        }}
      >
        <canvas ref={canvas} className={classes.canvas} />
        <span ref={dot} className={classes.marker} data-not-in-figure hidden />
      </div>
    </PlotFrame>
  )
}
