'use client'
import { useComputedColorScheme } from '@mantine/core'
import { type RefObject, useEffect, useEffectEvent, useMemo } from 'react'
import { toUnit } from '../../ui/plotExtent'
import { keepSharp } from '../../ui/sharpCanvases'
import { behindFrame } from './behindFrame'
import type { Colouring } from './mapColouring'
import type { MapLayout } from './mapLayout'
import type { MapFrame, MapPlaces } from './mapPlane'
import { oncePerFrame } from './oncePerFrame'
import { rasterPoints, toPixel } from './rasterPoints'

/** How a map is looked at: magnified by k, and moved by pixels of the page. */
export interface MapView {
  readonly k: number
  readonly x: number
  readonly y: number
}

export interface MapElements {
  readonly root: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLCanvasElement | null>
  readonly marker: RefObject<HTMLSpanElement | null>
  /** Holds what the ends of the axes are. */
  readonly ends: RefObject<HTMLDivElement | null>
}

interface MapCanvasOptions extends MapElements {
  readonly view: RefObject<MapView>
  /** Places in the frame, from 0 to 1 across and down. */
  readonly places: MapPlaces
  readonly colouring: Colouring
  /** Points that stand out; null where none do. */
  readonly chosen: Uint8Array | null
  readonly layout: MapLayout
  readonly frame: MapFrame
  /** The live code; it is written to. */
  readonly code: Float32Array
}

/** More points than these are drawn small. */
const MANY = 20_000

/** Draws a map at most once a frame: `draw` its points too, `place` the marker of the live code alone. */
export function useMapCanvas(options: MapCanvasOptions): { readonly draw: () => void; readonly place: () => void } {
  const { root, canvas, marker, ends, view, places, colouring, chosen, layout, frame, code } = options
  const scheme = useComputedColorScheme('light')
  const paint = useEffectEvent((target: HTMLCanvasElement, density: number) => {
    const node = root.current
    const width = Math.round((node?.clientWidth ?? 0) * density)
    const height = Math.round((node?.clientHeight ?? 0) * density)
    if (width === 0 || height === 0) return
    if (target.width !== width || target.height !== height) Object.assign(target, { width, height })
    const context = target.getContext('2d', { alpha: false })
    if (!context || !node) return
    const style = getComputedStyle(node)
    const colourOf = (name: string) => style.getPropertyValue(name)
    const image = new ImageData(width, height)
    const { k, x, y } = view.current
    rasterPoints(new Uint32Array(image.data.buffer), {
      ...places,
      colours: colouring.colours,
      palette: colouring.palette(colourOf),
      background: toPixel(colourOf('--hg-background')),
      width,
      height,
      view: { scale: k, shiftX: x * density, shiftY: y * density },
      size: Math.round((places.x.length > MANY ? 2 : 3) * density * Math.min(2, Math.sqrt(Math.max(1, k)))),
      chosen,
    })
    context.putImageData(image, 0, 0)
    node.dataset.drawn = String(Number(node.dataset.drawn ?? 0) + 1)
  })
  const place = useEffectEvent(() => {
    const [node, dot] = [root.current, marker.current]
    if (!node || !dot) return
    const [x, y] = layout.placeOf(code)
    const { k, x: shiftX, y: shiftY } = view.current
    const down = y === null ? 0.5 : 1 - toUnit(y, frame.y)
    dot.style.transform = `translate(${toUnit(x, frame.x) * node.clientWidth * k + shiftX}px, ${down * node.clientHeight * k + shiftY}px)`
    Object.assign(node.dataset, { x: String(x), y: String(y ?? 0), scale: String(k) })
    for (const [end, text] of Object.entries(endsOf(frame, view.current, node))) {
      const span = ends.current?.querySelector(`[data-end="${end}"]`)
      if (span) span.textContent = text
    }
  })
  const drawing = useMemo(
    () =>
      oncePerFrame(() => {
        if (canvas.current) paint(canvas.current, window.devicePixelRatio)
        place()
      }),
    [canvas],
  )
  // It asks for the size of the map, which the page would else lay itself out for within the input.
  const placing = useMemo(() => behindFrame(() => place()), [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn changed
  useEffect(() => drawing.request(performance.now()), [drawing, places, colouring, chosen, scheme])
  useEffect(() => {
    const node = canvas.current
    if (!node) return
    const observer = new ResizeObserver(() => drawing.request(performance.now()))
    observer.observe(node)
    const forget = keepSharp(node, async (magnification) => {
      const cover = document.createElement('canvas')
      paint(cover, window.devicePixelRatio * magnification)
      return cover
    })
    return () => {
      observer.disconnect()
      forget()
      drawing.cancel()
      placing.cancel()
    }
  }, [drawing, placing, canvas])
  return useMemo(() => ({ draw: () => drawing.request(performance.now()), place: placing.request }), [drawing, placing])
}

/** Writes what the ends of the axes in sight are. */
function endsOf({ x, y }: MapFrame, view: MapView, node: HTMLElement) {
  const at = ({ minimum, maximum }: MapFrame['x'], share: number) => String(Number((minimum + share * (maximum - minimum)).toPrecision(2)))
  const share = (place: number, side: number, shift: number) => (place - shift) / (side * view.k)
  return {
    left: at(x, share(0, node.clientWidth, view.x)),
    right: at(x, share(node.clientWidth, node.clientWidth, view.x)),
    up: at(y, 1 - share(0, node.clientHeight, view.y)),
    down: at(y, 1 - share(node.clientHeight, node.clientHeight, view.y)),
  }
}
