'use client'
import type { ShippedModel } from '@hourglass/chapter/models'
import { useMemo, useState } from 'react'
import { ExamplePoints } from './ExamplePoints'
import { LiveFrame } from './LiveFrame'
import { LivePlane, pathOf } from './LivePlane'
import classes from './LivePlane.module.css'
import type { Point } from './principalAxes'
import { rowsOf } from './rowsOf'
import { useShippedModels } from './useShippedModels'

const REACH = 1.15
const START: Point = [-0.35, 0.7]
/** Half of the tangent that is drawn, in units of the plane. */
const HALF = 0.45
/** Places of the curve that are joined by lines. */
const PLACES = 300

/** Follows the pointer: its code, the point of the learned curve that has this code, and the tangent of the curve there. */
export function TangentFigure({ caption }: { readonly caption: string }) {
  const { models, ...fetched } = useShippedModels('curve')
  const [pointer, setPointer] = useState(START)
  const model = models?.models[0]
  const codes = useMemo(
    () => (model && models ? rowsOf(models.examples, models.labels.length).map((row) => codeOf(model, row)) : []),
    [models, model],
  )
  const curve = useMemo(() => (model ? curveOf(model, codes) : []), [model, codes])
  const found = model ? tangentAt(model, pointer) : null
  const told = found
    ? `Code ${found.code.toFixed(2)}: a step of 0.1 in the code moves the point by ${(0.1 * found.speed).toFixed(2)}.`
    : null
  return (
    <LiveFrame
      {...fetched}
      testId="tangent"
      ratio={400 / 640}
      caption={caption}
      told={told}
      onReset={pointer === START ? null : () => setPointer(START)}
    >
      {models && found ? (
        <LivePlane
          label="Two moons and the curve that an autoencoder laid through them. Move over them, or move the point with the arrow keys."
          described={told ?? ''}
          reach={REACH}
          point={pointer}
          onPoint={setPointer}
          follows
        >
          <ExamplePoints models={models} />
          <path className={classes.curve} d={pathOf(curve)} />
          <line className={classes.guide} x1={pointer[0]} y1={pointer[1]} x2={found.at[0]} y2={found.at[1]} />
          <line
            className={classes.tangent}
            data-testid="tangent-line"
            x1={found.at[0] - HALF * found.direction[0]}
            y1={found.at[1] - HALF * found.direction[1]}
            x2={found.at[0] + HALF * found.direction[0]}
            y2={found.at[1] + HALF * found.direction[1]}
          />
          <circle className={classes.step} cx={found.at[0]} cy={found.at[1]} r={0.03} />
          <circle className={classes.point} cx={pointer[0]} cy={pointer[1]} r={0.034} />
        </LivePlane>
      ) : null}
    </LiveFrame>
  )
}

const codeOf = ({ encoder }: ShippedModel, point: ArrayLike<number>) => encoder?.run(point)[0] ?? 0

/** The decoded points of all codes between the least and the largest one of the examples. */
function curveOf({ decoder }: ShippedModel, codes: readonly number[]): readonly Point[] {
  const [least, most] = [Math.min(...codes), Math.max(...codes)]
  return Array.from({ length: PLACES + 1 }, (_, place): Point => {
    const [x = 0, y = 0] = decoder.run([least + ((most - least) * place) / PLACES])
    return [x, y]
  })
}

interface Tangent {
  readonly code: number
  readonly at: Point
  /** Of length one. */
  readonly direction: Point
  /** Length of the decoder's derivative. */
  readonly speed: number
}

function tangentAt(model: ShippedModel, pointer: Point): Tangent {
  const code = codeOf(model, pointer)
  const { value, change } = model.decoder.push([code], [1])
  const [x = 0, y = 0] = value
  const [dx = 0, dy = 0] = change
  const speed = Math.hypot(dx, dy)
  return { code, at: [x, y], direction: speed === 0 ? [0, 0] : [dx / speed, dy / speed], speed }
}
