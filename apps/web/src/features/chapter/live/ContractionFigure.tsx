'use client'
import type { ShippedModel } from '@hourglass/chapter/models'
import { useMemo, useState } from 'react'
import { ExamplePoints } from './ExamplePoints'
import { LiveFrame } from './LiveFrame'
import { LivePlane, pathOf } from './LivePlane'
import classes from './LivePlane.module.css'
import type { Point } from './principalAxes'
import { RangeRow } from './RangeRow'
import { reconstruct } from './reconstruct'
import { useShippedModels } from './useShippedModels'

const REACH = 1.45
const START: Point = [0.72, 0.72]
/** Radius of the ring of points around the one that is chosen, in units of the plane. */
const RADIUS = 0.28
const PLACES = 72

/** Shows where an autoencoder takes a ring of points: the stronger the penalty, the flatter it comes out, along the data. */
export function ContractionFigure({ caption }: { readonly caption: string }) {
  const { models, ...fetched } = useShippedModels('contraction')
  const [strength, setStrength] = useState(0)
  const [centre, setCentre] = useState(START)
  const model = models?.models[strength]
  const ring = useMemo(() => ringAround(centre), [centre])
  const image = model ? ring.map((point) => reconstruct(model, point)) : []
  const told = model ? describe(model, centre) : null
  return (
    <LiveFrame
      {...fetched}
      testId="contraction"
      ratio={400 / 640}
      caption={caption}
      told={told}
      onReset={strength === 0 && centre === START ? null : () => [setStrength(0), setCentre(START)]}
      controls={
        <RangeRow
          label="Contraction"
          value={strength}
          most={(models?.models.length ?? 6) - 1}
          shown={model?.label ?? ''}
          onChange={setStrength}
        />
      }
    >
      {models ? (
        <LivePlane
          label="A ring of points near the circle, and where the autoencoder takes it. Press somewhere, or move it with the arrow keys."
          described={told ?? ''}
          reach={REACH}
          point={centre}
          onPoint={setCentre}
        >
          <ExamplePoints models={models} />
          <path className={classes.ring} d={`${pathOf(ring)}Z`} />
          <path className={classes.image} d={`${pathOf(image)}Z`} data-testid="image-of-ring" />
          <circle className={classes.point} cx={centre[0]} cy={centre[1]} r={0.03} />
        </LivePlane>
      ) : null}
    </LiveFrame>
  )
}

function ringAround([x, y]: Point): readonly Point[] {
  return Array.from({ length: PLACES }, (_, place): Point => {
    const angle = (2 * Math.PI * place) / PLACES
    return [x + RADIUS * Math.cos(angle), y + RADIUS * Math.sin(angle)]
  })
}

/** How much of a small step is left, along the circle and across it. */
function describe(model: ShippedModel, centre: Point): string {
  const radius = Math.hypot(...centre) || 1
  const across: Point = [centre[0] / radius, centre[1] / radius]
  const along: Point = [-across[1], across[0]]
  const left = (direction: Point) => {
    const code = model.encoder?.push(centre, direction)
    return code ? Math.hypot(...model.decoder.push(code.value, code.change).change).toFixed(2) : ''
  }
  return `Of a small step ${left(along)} is left along the circle, ${left(across)} across it.`
}
