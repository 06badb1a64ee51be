import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import classes from './LivePlane.module.css'
import type { Point } from './principalAxes'

const WIDTH = 640
const HEIGHT = 400
const STEP = 0.05

const moves: Readonly<Record<string, Point>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}

interface LivePlaneProps {
  /** What it shows, and what moves it. */
  readonly label: string
  /** Half of its height, in units of the plane. */
  readonly reach: number
  /** The point that is moved, in words, for who cannot see it. */
  readonly described: string
  readonly point: Point
  readonly onPoint: (point: Point) => void
  /** Whether the point follows a mouse that only passes over, without a button pressed. */
  readonly follows?: boolean
  readonly children: ReactNode
}

/** A piece of the plane, as wide as it shows, in which a point is moved by pointer and by arrow keys. */
export function LivePlane({ label, reach, described, point, onPoint, follows = false, children }: LivePlaneProps) {
  const drawing = useRef<SVGSVGElement>(null)
  const scale = HEIGHT / 2 / reach
  const within = ([x, y]: Point): Point => [clamp(x, (reach * WIDTH) / HEIGHT), clamp(y, reach)]
  const follow = (event: PointerEvent<SVGSVGElement>) => {
    const box = drawing.current?.getBoundingClientRect()
    if (!box) return
    const x = ((event.clientX - box.left) / box.width - 0.5) * (WIDTH / scale)
    const y = (0.5 - (event.clientY - box.top) / box.height) * (HEIGHT / scale)
    onPoint(within([x, y]))
  }
  const press = (event: KeyboardEvent) => {
    const step = moves[event.key]
    if (!step) return
    event.preventDefault()
    const size = event.shiftKey ? 5 : 1
    onPoint(within([point[0] + size * step[0], point[1] + size * step[1]]))
  }
  return (
    <svg
      ref={drawing}
      className={classes.plane}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      // Two numbers are moved at once, for which there is no role of one value.
      role="application"
      aria-label={label}
      aria-roledescription="plane"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the point is moved by arrow keys.
      tabIndex={0}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={(event) => {
        const isPressed = event.currentTarget.hasPointerCapture(event.pointerId)
        if (isPressed || (follows && event.pointerType === 'mouse')) follow(event)
      }}
    >
      <desc>{described}</desc>
      {/* Up is up, and lines are as wide as they say, whatever the scale. */}
      <g transform={`translate(${WIDTH / 2} ${HEIGHT / 2}) scale(${scale} ${-scale})`} className={classes.inside}>
        {children}
      </g>
    </svg>
  )
}

const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value))

/** Points of one coordinate pair after another, as the path of a line through them. */
export function pathOf(points: readonly (readonly [number, number])[]): string {
  return points.map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(3)} ${y.toFixed(3)}`).join('')
}
