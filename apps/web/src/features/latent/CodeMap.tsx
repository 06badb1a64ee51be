'use client'
import { useComputedColorScheme } from '@mantine/core'
import { type ReactNode, useEffect, useEffectEvent, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { toUnit } from '../../ui/plotExtent'
import { keepSharp } from '../../ui/sharpCanvases'
import classes from './CodeMap.module.css'
import type { ExplorerStore } from './explorerStore'
import type { Colouring } from './mapColouring'
import type { MapExamples } from './mapExamples'
import { indexPlaces } from './mapIndex'
import { codeAt, type MapFrame, type MapPlane, placeOf, placesOf } from './mapPlane'
import { oncePerFrame } from './oncePerFrame'
import { rasterPoints, toPixel } from './rasterPoints'
import { type MapZoom, useMapZoom } from './useMapZoom'

/** A point this near to the pointer, in pixels of the page, is meant. */
const REACH = 8
/** Farther than any code that is a number is from the frame. */
const ANYWHERE = 1e12
/** Share of what is seen that a key moves the code by. */
const CODE_STEP = 0.02
/** A lasso of fewer corners is a slip. */
const FEWEST_CORNERS = 3

export interface CodeMapHandle extends MapZoom {
  /** Lists the test examples that are in sight. */
  readonly inSight: () => readonly number[]
}

interface CodeMapProps {
  readonly ref: React.Ref<CodeMapHandle>
  readonly store: ExplorerStore
  readonly plane: MapPlane
  readonly frame: MapFrame
  readonly examples: MapExamples
  readonly colouring: Colouring
  /** Rows that stand out. */
  readonly selection: readonly number[]
  /** Whether a drag selects; else it moves the view. */
  readonly isSelecting: boolean
  readonly label: string
  readonly onSelect: (rows: readonly number[]) => void
  /** Says what the pointer is at. */
  readonly preview: (row: number) => ReactNode
}

/**
 * Maps codes onto a plane, tens of thousands at the speed of the hand: wheel, drag and pinch move the view, a press goes to a code or a place, the marker of
 * the live code is dragged, and a lasso selects.
 */
export function CodeMap({ ref, store, plane, frame, examples, colouring, selection, isSelecting, label, onSelect, preview }: CodeMapProps) {
  const scheme = useComputedColorScheme('light')
  const root = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const marker = useRef<HTMLSpanElement>(null)
  const lasso = useRef<SVGPolygonElement>(null)
  const card = useRef<HTMLDivElement>(null)
  const ends = useRef<HTMLDivElement>(null)
  const view = useRef({ k: 1, x: 0, y: 0 })
  const corners = useRef<[number, number][] | null>(null)
  /** A drag that was not of the view ends in a click that means nothing. */
  const wasDrag = useRef(false)
  const [hovered, setHovered] = useState<number | null>(null)

  const places = useMemo(() => {
    const { x, y } = placesOf(examples.codes, examples.labels, plane)
    return { x: x.map((value) => toUnit(value, frame.x)), y: y.map((value) => 1 - toUnit(value, frame.y)) }
  }, [examples, plane, frame])
  const index = useMemo(() => indexPlaces(places, (row) => colouring.colours[row] !== 0), [places, colouring])
  const chosen = useMemo(() => {
    if (selection.length === 0) return null
    const rows = new Uint8Array(places.x.length)
    for (const row of selection) if (row < rows.length) rows[row] = 1
    return rows
  }, [selection, places])

  /** Where a place of the page is in the frame, from 0 to 1 across and down. */
  const frameAt = (clientX: number, clientY: number): [number, number] => {
    const { left, top, width, height } = root.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    const { k, x, y } = view.current
    return [(clientX - left - 1 - x) / (k * width), (clientY - top - 1 - y) / (k * height)]
  }
  const reachNow = () => REACH / (view.current.k * (root.current?.clientWidth ?? 1))
  const planeAt = ([across, down]: readonly [number, number]): [number, number] => [
    frame.x.minimum + across * (frame.x.maximum - frame.x.minimum),
    frame.y.maximum - down * (frame.y.maximum - frame.y.minimum),
  ]
  const moveCode = (place: readonly [number, number], at: number) =>
    store.code.replace(codeAt(store.code.values, plane, planeAt(place)), at)

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
      size: Math.round((places.x.length > 20_000 ? 2 : 3) * density * Math.min(2, Math.sqrt(Math.max(1, k)))),
      chosen,
    })
    context.putImageData(image, 0, 0)
    node.dataset.drawn = String(Number(node.dataset.drawn ?? 0) + 1)
  })
  const place = useEffectEvent(() => {
    const [node, dot] = [root.current, marker.current]
    if (!node || !dot) return
    const [x, y] = placeOf(store.code.values, plane)
    const { k, x: shiftX, y: shiftY } = view.current
    const down = y === null ? 0.5 : 1 - toUnit(y, frame.y)
    dot.style.transform = `translate(${toUnit(x, frame.x) * node.clientWidth * k + shiftX}px, ${down * node.clientHeight * k + shiftY}px)`
    Object.assign(node.dataset, { x: String(x), y: String(y ?? 0), scale: String(k) })
    for (const [end, text] of Object.entries(endsOf(frame, view.current, node))) {
      const span = ends.current?.querySelector(`[data-end="${end}"]`)
      if (span) span.textContent = text
    }
  })
  const draw = useMemo(
    () =>
      oncePerFrame(() => {
        if (canvas.current) paint(canvas.current, window.devicePixelRatio)
        place()
      }),
    [],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn changed
  useEffect(() => draw.request(performance.now()), [draw, places, colouring, chosen, scheme])
  useEffect(() => {
    const node = canvas.current
    if (!node) return
    const observer = new ResizeObserver(() => draw.request(performance.now()))
    observer.observe(node)
    const forget = keepSharp(node, async (magnification) => {
      const cover = document.createElement('canvas')
      paint(cover, window.devicePixelRatio * magnification)
      return cover
    })
    return () => {
      observer.disconnect()
      forget()
      draw.cancel()
    }
  }, [draw])
  useEffect(() => store.code.subscribe(() => place()), [store])

  const isOnMarker = (event: Event | React.PointerEvent) => (event.target as Element).closest?.('[data-marker]') !== null
  const selects = (event: { readonly shiftKey: boolean }) => isSelecting || event.shiftKey
  const zoom = useMapZoom({
    element: root,
    isFor: (event) => event.type === 'wheel' || (!isOnMarker(event) && !selects(event as MouseEvent)),
    onView: (next) => {
      view.current = next
      setHovered(null)
      draw.request(performance.now())
    },
  })
  useImperativeHandle(ref, () => ({
    ...zoom,
    inSight: () => {
      const { left, top, right, bottom } = root.current?.getBoundingClientRect() ?? new DOMRect()
      const [low, high] = [frameAt(left, top), frameAt(right, bottom)]
      return index.inside([low, [high[0], low[1]], high, [low[0], high[1]]]).filter((row) => row < examples.testCount)
    },
  }))

  const drawLasso = () => {
    const node = root.current
    const { k, x, y } = view.current
    const points = (corners.current ?? []).map(
      ([across, down]) => `${across * (node?.clientWidth ?? 0) * k + x},${down * (node?.clientHeight ?? 0) * k + y}`,
    )
    lasso.current?.setAttribute('points', points.join(' '))
  }
  const endLasso = () => {
    const polygon = corners.current ?? []
    corners.current = null
    drawLasso()
    if (polygon.length < FEWEST_CORNERS) return
    onSelect(index.inside(polygon).filter((row) => row < examples.testCount))
  }

  const keys: Readonly<Record<string, () => void>> = {
    '+': zoom.zoomIn,
    '=': zoom.zoomIn,
    '-': zoom.zoomOut,
    '0': zoom.reset,
    ArrowLeft: () => zoom.pan(-1, 0),
    ArrowRight: () => zoom.pan(1, 0),
    ArrowUp: () => zoom.pan(0, -1),
    ArrowDown: () => zoom.pan(0, 1),
    Enter: () => {
      const [x, y] = placeOf(store.code.values, plane)
      const down = y === null ? 0.5 : 1 - toUnit(y, frame.y)
      const row = index.nearest(toUnit(x, frame.x), down, ANYWHERE)
      if (row !== null) store.go(examples.codeOf(row))
    },
  }
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-1, 0],
    ArrowRight: [1, 0],
    ArrowUp: [0, 1],
    ArrowDown: [0, -1],
  }
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const step = event.shiftKey ? steps[event.key] : undefined
    const act = keys[event.key]
    if (step) {
      const [x, y] = placeOf(store.code.values, plane)
      const reach = CODE_STEP / view.current.k
      const to: [number, number] = [
        x + step[0] * reach * (frame.x.maximum - frame.x.minimum),
        (y ?? 0) + step[1] * reach * (frame.y.maximum - frame.y.minimum),
      ]
      store.go(codeAt(store.code.values, plane, to), event.timeStamp)
    } else if (act) act()
    else return
    event.preventDefault()
  }

  return (
    <div
      ref={root}
      className={classes.root}
      data-testid="code-map"
      data-selecting={isSelecting || undefined}
      role="application"
      aria-label={label}
      aria-roledescription="map"
      aria-keyshortcuts="+ - 0 Enter"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: keys move it
      tabIndex={0}
      onKeyDown={onKeyDown}
      onClick={(event) => {
        const isOver = wasDrag.current
        wasDrag.current = false
        if (isOver || selects(event) || isOnMarker(event.nativeEvent)) return
        const at = frameAt(event.clientX, event.clientY)
        const row = index.nearest(...at, reachNow())
        if (row !== null) store.go(examples.codeOf(row), event.timeStamp)
        else {
          moveCode(at, event.timeStamp)
          store.code.settle()
        }
      }}
      onPointerDown={(event) => {
        wasDrag.current = false
        if (event.button !== 0) return
        if (isOnMarker(event)) event.currentTarget.setPointerCapture(event.pointerId)
        else if (selects(event)) {
          event.currentTarget.setPointerCapture(event.pointerId)
          corners.current = [frameAt(event.clientX, event.clientY)]
        }
      }}
      onPointerMove={(event) => {
        const at = frameAt(event.clientX, event.clientY)
        if (event.currentTarget.hasPointerCapture(event.pointerId)) {
          if (corners.current) {
            corners.current.push(at)
            drawLasso()
          } else moveCode(at, event.timeStamp)
        } else if (event.pointerType === 'mouse' && event.buttons === 0) {
          const row = index.nearest(...at, reachNow())
          setHovered(row)
          const { left, top, width } = event.currentTarget.getBoundingClientRect()
          const [x, y] = [event.clientX - left, event.clientY - top]
          card.current?.style.setProperty(
            'transform',
            `translate(${x}px, ${y}px) translate(${x > width / 2 ? 'calc(-100% - 14px)' : '14px'}, -50%)`,
          )
        }
      }}
      onPointerUp={(event) => {
        if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
        wasDrag.current = true
        if (corners.current) endLasso()
        else store.code.settle()
      }}
      onPointerCancel={() => {
        corners.current = null
        drawLasso()
      }}
      onPointerLeave={() => setHovered(null)}
    >
      <canvas ref={canvas} className={classes.canvas} />
      <svg className={classes.lasso} aria-hidden="true" data-not-in-figure>
        <polygon ref={lasso} />
      </svg>
      <span ref={marker} className={classes.marker} data-marker data-testid="map-marker" data-not-in-figure />
      <div ref={ends} className={classes.ends} aria-hidden>
        <span data-end="right" />
        <span className={classes.across}>{plane.names[0]}</span>
        <span data-end="left" />
        <span data-end="up" hidden={plane.up === null} />
        <span className={classes.up}>{plane.names[1]}</span>
        <span data-end="down" hidden={plane.up === null} />
      </div>
      <div ref={card} className={classes.card} hidden={hovered === null} data-testid="map-card" data-not-in-figure>
        {hovered !== null && hovered < examples.labels.length && preview(hovered)}
      </div>
    </div>
  )
}

/** Writes what the ends of the axes in sight are. */
function endsOf({ x, y }: MapFrame, view: { readonly k: number; readonly x: number; readonly y: number }, node: HTMLElement) {
  const at = ({ minimum, maximum }: MapFrame['x'], share: number) => String(Number((minimum + share * (maximum - minimum)).toPrecision(2)))
  const share = (place: number, side: number, shift: number) => (place - shift) / (side * view.k)
  return {
    left: at(x, share(0, node.clientWidth, view.x)),
    right: at(x, share(node.clientWidth, node.clientWidth, view.x)),
    up: at(y, 1 - share(0, node.clientHeight, view.y)),
    down: at(y, 1 - share(node.clientHeight, node.clientHeight, view.y)),
  }
}
