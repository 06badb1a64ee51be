'use client'
import type { ShippedModel } from '@hourglass/chapter/models'
import { useEffect, useMemo, useState } from 'react'
import { ExamplePoints } from './ExamplePoints'
import { LiveFrame } from './LiveFrame'
import { LivePlane, pathOf } from './LivePlane'
import classes from './LivePlane.module.css'
import type { Point } from './principalAxes'
import { reconstruct } from './reconstruct'
import { useShippedModels } from './useShippedModels'

const REACH = 1.55
const START: Point = [-0.9, 1.25]
/** Arrows are this far apart, and drawn as long as this share of the step that the denoiser takes. */
const SPACING = 0.31
const SHARE = 0.3
/** It has arrived where a step is shorter than this, in units of the plane. */
const SHORT = 0.02
const MOST_STEPS = 40
/** Between two steps of the way, in milliseconds. */
const PACE = 90

/** Shows where a denoising autoencoder moves the points of the plane, and the way of one of them back to the data. */
export function CircleFieldFigure({ caption }: { readonly caption: string }) {
  const { models, ...fetched } = useShippedModels('circle')
  const [start, setStart] = useState(START)
  const model = models?.models[0]
  const way = useMemo(() => (model ? wayHome(model, start) : []), [model, start])
  const taken = useTaken(way)
  const arrows = useMemo(() => (model ? field(model) : []), [model])
  const told = way.length > 0 ? describe(way) : null
  return (
    <LiveFrame
      {...fetched}
      testId="circle-field"
      ratio={400 / 640}
      caption={caption}
      told={told}
      onReset={start === START ? null : () => setStart(START)}
    >
      {models ? (
        <LivePlane
          label="Points of the plane, and where the denoiser moves them. Press somewhere, or move the point with the arrow keys."
          described={told ?? ''}
          reach={REACH}
          point={start}
          onPoint={setStart}
        >
          <ExamplePoints models={models} />
          <path className={classes.arrow} d={arrows.join('')} />
          <path className={classes.way} d={pathOf(way.slice(0, taken + 1))} data-testid="way" data-steps={way.length - 1} />
          {way.slice(1, taken + 1).map(([x, y], index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a way has its steps in order.
            <circle key={index} className={classes.step} cx={x} cy={y} r={0.022} />
          ))}
          <circle className={classes.point} cx={start[0]} cy={start[1]} r={0.045} />
        </LivePlane>
      ) : null}
    </LiveFrame>
  )
}

/** How many steps of a way are drawn by now: one after another, or all at once for who wants nothing to move. */
function useTaken(way: readonly Point[]): number {
  const [taken, setTaken] = useState(0)
  useEffect(() => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      setTaken(way.length - 1)
      return undefined
    }
    setTaken(0)
    const timer = setInterval(() => setTaken((before) => Math.min(before + 1, way.length - 1)), PACE)
    return () => clearInterval(timer)
  }, [way])
  return taken
}

const distance = ([x, y]: Point, [u, v]: Point) => Math.hypot(x - u, y - v)

function wayHome(model: ShippedModel, start: Point): readonly Point[] {
  const way = [start]
  for (let from = start; way.length <= MOST_STEPS; ) {
    const to = reconstruct(model, from)
    if (distance(from, to) < SHORT) break
    way.push(to)
    from = to
  }
  return way
}

/** One arrow for each place of a grid, as SVG paths: from the place, along the step to its reconstruction. */
function field(model: ShippedModel): readonly string[] {
  const arrows: string[] = []
  for (let x = -8 * SPACING; x < 8.5 * SPACING; x += SPACING) {
    for (let y = -5 * SPACING; y < 5.5 * SPACING; y += SPACING) {
      const [toX, toY] = reconstruct(model, [x, y])
      const [dx, dy] = [SHARE * (toX - x), SHARE * (toY - y)]
      const [endX, endY] = [x + dx, y + dy]
      const barb = (side: number): Point => [endX - 0.3 * dx - side * 0.18 * dy, endY - 0.3 * dy + side * 0.18 * dx]
      arrows.push(
        pathOf([
          [x, y],
          [endX, endY],
        ]),
        pathOf([barb(1), [endX, endY], barb(-1)]),
      )
    }
  }
  return arrows
}

/** What a way comes to, by the circle of radius 1 on which the data lies. */
function describe(way: readonly Point[]): string {
  const off = (point: Point | undefined) => Math.abs(Math.hypot(...(point ?? [0, 0])) - 1).toFixed(2)
  const steps = way.length - 1
  if (steps === 0) return `This point is ${off(way[0])} from the circle and stays where it is.`
  const count = steps === 1 ? 'one step' : `${steps} steps`
  return `From ${off(way[0])} beside the circle ${count} lead to ${off(way.at(-1))} beside it.`
}
