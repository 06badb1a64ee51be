'use client'
import { type ReactNode, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react'
import { toUnit } from '../../ui/plotExtent'
import classes from './CodeMap.module.css'
import type { ExplorerStore } from './explorerStore'
import type { Colouring } from './mapColouring'
import type { MapExamples } from './mapExamples'
import { indexPlaces } from './mapIndex'
import type { MapLayout } from './mapLayout'
import type { MapFrame } from './mapPlane'
import { useMapCanvas } from './useMapCanvas'
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
  /** Lists the examples that are in sight. */
  readonly inSight: () => readonly number[]
}

interface CodeMapProps {
  readonly ref: React.Ref<CodeMapHandle>
  readonly store: ExplorerStore
  readonly layout: MapLayout
  readonly frame: MapFrame
  readonly examples: MapExamples
  readonly colouring: Colouring
  /** Rows, of all examples of the run, that stand out. */
  readonly selection: readonly number[]
  /** Whether a drag selects; else it moves the view. */
  readonly isSelecting: boolean
  readonly label: string
  readonly onSelect: (rows: readonly number[]) => void
  /** Goes to the code of an example of the map. */
  readonly onGo: (index: number, at: number) => void
  /** Says what the pointer is at. */
  readonly preview: (index: number) => ReactNode
}

/**
 * Maps codes onto a plane, tens of thousands at the speed of the hand: wheel, drag and pinch move the view, a press goes to a code or a place, the marker of
 * the live code is dragged, and a lasso selects.
 */
export function CodeMap(props: CodeMapProps) {
  const { ref, store, layout, frame, examples, colouring, selection, isSelecting, label, onSelect, onGo, preview } = props
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
    const { x, y } = layout.placesOf(examples)
    return { x: x.map((value) => toUnit(value, frame.x)), y: y.map((value) => 1 - toUnit(value, frame.y)) }
  }, [examples, layout, frame])
  const index = useMemo(() => indexPlaces(places, (row) => colouring.colours[row] !== 0), [places, colouring])
  const chosen = useMemo(() => {
    if (selection.length === 0) return null
    const marks = new Uint8Array(examples.labels.length)
    for (const row of selection) {
      const at = examples.indexOf(row)
      if (at >= 0) marks[at] = 1
    }
    return marks
  }, [selection, examples])

  /** Where a place of the page is in the frame, from 0 to 1 across and down. */
  const frameAt = (clientX: number, clientY: number): [number, number] => {
    const { left, top, width, height } = root.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1)
    const { k, x, y } = view.current
    return [(clientX - left - 1 - x) / (k * width), (clientY - top - 1 - y) / (k * height)]
  }
  const inside = (polygon: readonly (readonly [number, number])[]) =>
    index.inside(polygon).flatMap((at) => (at < examples.selectable ? [examples.rowOf(at)] : []))
  const reachNow = () => REACH / (view.current.k * (root.current?.clientWidth ?? 1))
  const planeAt = ([across, down]: readonly [number, number]): [number, number] => [
    frame.x.minimum + across * (frame.x.maximum - frame.x.minimum),
    frame.y.maximum - down * (frame.y.maximum - frame.y.minimum),
  ]
  const moveCode = (place: readonly [number, number], at: number) =>
    store.code.replace(layout.codeAt(store.code.values, planeAt(place)), at)

  const { draw, place } = useMapCanvas({
    root,
    canvas,
    marker,
    ends,
    view,
    places,
    colouring,
    chosen,
    layout,
    frame,
    code: store.code.values,
  })
  useEffect(() => store.code.subscribe(place), [store, place])

  const isOnMarker = (event: Event | React.PointerEvent) => (event.target as Element).closest?.('[data-marker]') !== null
  const selects = (event: { readonly shiftKey: boolean }) => isSelecting || event.shiftKey
  const zoom = useMapZoom({
    element: root,
    isFor: (event) => event.type === 'wheel' || (!isOnMarker(event) && !selects(event as MouseEvent)),
    onView: (next) => {
      view.current = next
      setHovered(null)
      draw()
    },
  })
  useImperativeHandle(ref, () => ({
    ...zoom,
    inSight: () => {
      const { left, top, right, bottom } = root.current?.getBoundingClientRect() ?? new DOMRect()
      const [low, high] = [frameAt(left, top), frameAt(right, bottom)]
      return inside([low, [high[0], low[1]], high, [low[0], high[1]]])
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
    onSelect(inside(polygon))
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
      const [x, y] = layout.placeOf(store.code.values)
      const down = y === null ? 0.5 : 1 - toUnit(y, frame.y)
      const nearest = index.nearest(toUnit(x, frame.x), down, ANYWHERE)
      if (nearest !== null) onGo(nearest, performance.now())
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
      const [x, y] = layout.placeOf(store.code.values)
      const reach = CODE_STEP / view.current.k
      const to: [number, number] = [
        x + step[0] * reach * (frame.x.maximum - frame.x.minimum),
        (y ?? 0) + step[1] * reach * (frame.y.maximum - frame.y.minimum),
      ]
      store.go(layout.codeAt(store.code.values, to), event.timeStamp)
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
        const nearest = index.nearest(...at, reachNow())
        if (nearest !== null) onGo(nearest, event.timeStamp)
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
          setHovered(index.nearest(...at, reachNow()))
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
        <span className={classes.across}>{layout.names[0]}</span>
        <span data-end="left" />
        <span data-end="up" hidden={layout.isLine} />
        <span className={classes.up}>{layout.names[1]}</span>
        <span data-end="down" hidden={layout.isLine} />
      </div>
      <div ref={card} className={classes.card} hidden={hovered === null} data-testid="map-card" data-not-in-figure>
        {hovered !== null && hovered < examples.labels.length && preview(hovered)}
      </div>
    </div>
  )
}
