'use client'
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react'
import { LiveFrame } from './LiveFrame'
import classes from './PrincipalAxesFigure.module.css'
import { type Point, principalAxes, projectToFirst } from './principalAxes'

const WIDTH = 640
const HEIGHT = 400
/** Pixels of the drawing for a unit of the plane. */
const SCALE = 62
const STEP = 0.1
const RADIUS = 7
const REACH_X = WIDTH / 2 / SCALE - 0.2
const REACH_Y = HEIGHT / 2 / SCALE - 0.2

/** A cloud along a slant, the same for every reader. */
const start: readonly Point[] = [
  [-2.9, -1.5],
  [-2.4, -0.7],
  [-2.1, -1.6],
  [-1.7, -0.3],
  [-1.5, -1.1],
  [-1.1, -0.9],
  [-0.9, 0.1],
  [-0.6, -0.6],
  [-0.2, 0.4],
  [0, -0.2],
  [0.3, 0.5],
  [0.5, -0.4],
  [0.8, 0.9],
  [1.1, 0.2],
  [1.4, 1.2],
  [1.7, 0.4],
  [2, 1.4],
  [2.3, 0.8],
  [2.7, 1.9],
  [3, 1],
]

const moves: Readonly<Record<string, Point>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
}

const toX = (x: number) => WIDTH / 2 + x * SCALE
const toY = (y: number) => HEIGHT / 2 - y * SCALE
const within = (value: number, most: number) => Math.max(-most, Math.min(most, value))

/** Shows points that are dragged, and how their principal components turn meanwhile. */
export function PrincipalAxesFigure({ caption }: { readonly caption: string }) {
  const [points, setPoints] = useState(start)
  const [chosen, setChosen] = useState(0)
  const drawing = useRef<SVGSVGElement>(null)
  const dots = useRef<(SVGCircleElement | null)[]>([])
  const axes = principalAxes(points)
  const [first, second] = axes.variances
  const share = first + second === 0 ? 0 : first / (first + second)

  const move = (index: number, [x, y]: Point) => setPoints((before) => before.with(index, [within(x, REACH_X), within(y, REACH_Y)]))
  const drag = (index: number) => (event: PointerEvent<SVGCircleElement>) => {
    const box = drawing.current?.getBoundingClientRect()
    if (!box || !event.currentTarget.hasPointerCapture(event.pointerId)) return
    const [x, y] = [((event.clientX - box.left) / box.width) * WIDTH, ((event.clientY - box.top) / box.height) * HEIGHT]
    move(index, [(x - WIDTH / 2) / SCALE, (HEIGHT / 2 - y) / SCALE])
  }
  const press = (index: number) => (event: KeyboardEvent) => {
    const step = moves[event.key]
    const [x, y] = points[index] ?? [0, 0]
    if (step) move(index, [x + step[0], y + step[1]])
    else if (event.key === 'PageDown' || event.key === 'PageUp') {
      const next = (index + (event.key === 'PageDown' ? 1 : points.length - 1)) % points.length
      setChosen(next)
      dots.current[next]?.focus()
    } else return
    event.preventDefault()
  }
  return (
    <LiveFrame
      testId="principal-axes"
      ratio={HEIGHT / WIDTH}
      caption={caption}
      told={`The first component has ${Math.round(100 * share)} % of the variance.`}
      onReset={() => setPoints(start)}
    >
      <svg
        ref={drawing}
        className={classes.drawing}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="application"
        aria-label="Points of the plane and their principal components"
      >
        {points.map((point, index) => {
          const [x, y] = projectToFirst(axes, point)
          // Points have no identity but their place in the list.
          // biome-ignore lint/suspicious/noArrayIndexKey: none is added or taken away.
          return <line key={index} className={classes.projection} x1={toX(point[0])} y1={toY(point[1])} x2={toX(x)} y2={toY(y)} />
        })}
        {axes.directions.map(([x, y], index) => {
          const length = 2 * Math.sqrt(axes.variances[index] ?? 0)
          return (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: there are two, in their order.
              key={index}
              className={classes.axis}
              data-axis={index + 1}
              x1={toX(axes.mean[0] - length * x)}
              y1={toY(axes.mean[1] - length * y)}
              x2={toX(axes.mean[0] + length * x)}
              y2={toY(axes.mean[1] + length * y)}
            />
          )
        })}
        {points.map(([x, y], index) => (
          <circle
            // biome-ignore lint/suspicious/noArrayIndexKey: none is added or taken away.
            key={index}
            ref={(dot) => {
              dots.current[index] = dot
            }}
            className={classes.point}
            cx={toX(x)}
            cy={toY(y)}
            r={RADIUS}
            role="slider"
            aria-valuenow={x}
            aria-valuetext={`${x.toFixed(1)}, ${y.toFixed(1)}`}
            tabIndex={index === chosen ? 0 : -1}
            aria-label={`Point ${index + 1} of ${points.length} of the plane. Arrow keys move it, Page Up and Page Down choose another.`}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId)
              setChosen(index)
            }}
            onPointerMove={drag(index)}
            onKeyDown={press(index)}
            onFocus={() => setChosen(index)}
          />
        ))}
      </svg>
    </LiveFrame>
  )
}
