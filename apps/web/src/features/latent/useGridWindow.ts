'use client'
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react'
import { GRID_SCALES, type GridWindow, isSameWindow, placeOfDrawn, viewOf, windowSeen } from './gridWindow'
import { type MapZoom, useMapZoom } from './useMapZoom'

/** Milliseconds that a view has to rest before it is decoded. */
const REST = 120

interface GridWindowOptions {
  readonly root: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLCanvasElement | null>
  /** What is decoded. */
  readonly window: GridWindow
  /** What moves the view; the rest moves the code. */
  readonly isFor: (event: Event) => boolean
  /** Called whenever another window is seen. */
  readonly onSeen: () => void
  /** Called once it rests. */
  readonly onWindow: (window: GridWindow) => void
}

export interface SeenWindow {
  /** The window that is seen at this moment. */
  readonly seen: RefObject<GridWindow>
  readonly zoom: MapZoom
}

/**
 * Moves the window of a grid by wheel, pinch and keys. What is decoded already moves along at once, and stays until the images of the new window are there.
 */
export function useGridWindow({ root, canvas, window: decoded, isFor, onSeen, onWindow }: GridWindowOptions): SeenWindow {
  const seen = useRef(decoded)
  const drawn = useRef(decoded)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const sides = (): readonly [number, number] => [root.current?.clientWidth || 1, root.current?.clientHeight || 1]
  const place = () => {
    const { left, top, scale } = placeOfDrawn(drawn.current, seen.current)
    canvas.current?.style.setProperty('transform', `translate(${100 * left}%, ${100 * top}%) scale(${scale})`)
    if (root.current) root.current.dataset.scale = String(seen.current.scale)
  }
  const zoom = useMapZoom({
    element: root,
    scales: GRID_SCALES,
    isFor,
    onView: (view) => {
      const next = windowSeen(view, sides())
      if (isSameWindow(next, seen.current)) return
      seen.current = next
      place()
      onSeen()
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        timer.current = undefined
        onWindow(seen.current)
      }, REST)
    },
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  const show = useEffectEvent(() => zoom.set(viewOf(seen.current, sides())))
  // What is seen stays the same in a box of another size.
  useEffect(() => {
    if (!root.current) return
    const observer = new ResizeObserver(() => show())
    observer.observe(root.current)
    return () => observer.disconnect()
  }, [root])
  const take = useEffectEvent(() => {
    const node = canvas.current
    if (node) redraw(node, placeOfDrawn(drawn.current, decoded))
    drawn.current = decoded
    // It may have been moved on already.
    if (timer.current === undefined) {
      seen.current = decoded
      show()
    }
    place()
    onSeen()
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new window is what asks for this
  useLayoutEffect(() => take(), [decoded])
  return { seen, zoom }
}

/** Draws what a canvas holds anew at another place in it. */
function redraw(canvas: HTMLCanvasElement, { left, top, scale }: ReturnType<typeof placeOfDrawn>): void {
  const context = canvas.getContext('2d')
  const { width, height } = canvas
  if (!context || (left === 0 && top === 0 && scale === 1)) return
  const copy = document.createElement('canvas')
  Object.assign(copy, { width, height })
  copy.getContext('2d')?.drawImage(canvas, 0, 0)
  context.clearRect(0, 0, width, height)
  context.imageSmoothingEnabled = false
  context.drawImage(copy, left * width, top * height, scale * width, scale * height)
}
