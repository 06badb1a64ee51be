'use client'

import { useLayoutEffect, useMemo, useRef } from 'react'
import { toPixels } from '../../files/paintExample'
import { useTensors } from '../../files/useTensors'
import type { LatentModel } from '../../latent/openLatentModel'
import { readCodes } from '../../latent/readCodes'
import { traversalsTable } from '../../latent/traversalsTable'
import { type Traversal, traverse } from '../../latent/traverse'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import classes from './TraversalsRow.module.css'

const STEPS = 9
/** In standard deviations. */
const REACH = 2.5
const SHOWN = 8

/** Shows what a run's decoder makes of a code that moves along single dimensions, and along the principal directions of the codes. */
export function TraversalsRow({ run }: RowProps) {
  return <ModelRow run={run}>{(opened) => <Traversed {...opened} />}</ModelRow>
}

function Traversed({ run, model, codes: { url, dimensions }, exampleShape }: OpenedModel) {
  const { tensors, error, retry } = useTensors(url)
  const stored = useMemo(() => readCodes(tensors), [tensors])
  const found = useMemo(
    () => (stored ? traverse({ ...stored, dimensions, wanted: SHOWN, steps: STEPS, reach: REACH }) : null),
    [stored, dimensions],
  )
  const numbers = useMemo(
    () => (found ? () => traversalsTable([...found.units, ...found.directions], { size: dimensions.length, steps: STEPS }) : null),
    [found, dimensions],
  )
  useRowNumbers(run.id, numbers)
  if (!found) return error ? <Unread what="The codes" onRetry={retry} /> : <div className={classes.waiting} />
  const groups = [
    { title: 'Single dimensions', traversals: found.units },
    { title: 'Principal directions of the training codes', traversals: found.directions },
  ]
  return (
    <div className={classes.root} data-testid="traversals">
      {groups.map(({ title, traversals }) => (
        <figure key={title} className={classes.group} aria-label={`${title}, from −${REACH} to +${REACH} standard deviations`}>
          <figcaption className={classes.title}>
            {title}{' '}
            <span className={classes.reach}>
              −{REACH} σ … +{REACH} σ
            </span>
          </figcaption>
          {traversals.map((traversal) => (
            <Strip key={traversal.name} traversal={traversal} model={model} exampleShape={exampleShape} />
          ))}
        </figure>
      ))}
    </div>
  )
}

interface StripProps {
  readonly traversal: Traversal
  readonly model: LatentModel
  readonly exampleShape: readonly number[]
}

function Strip({ traversal: { name, codes }, model, exampleShape: [height = 1, width = 1] }: StripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const decoded = model.decode(codes, STEPS)
    const pixels = context.createImageData(width, height)
    for (let step = 0; step < STEPS; step++) {
      toPixels(decoded, step * height * width, pixels.data)
      context.putImageData(pixels, step * width, 0)
    }
  }, [model, codes, height, width])
  return (
    <div className={classes.strip}>
      <span className={classes.name}>{name}</span>
      <canvas ref={canvas} className={classes.images} width={STEPS * width} height={height} aria-hidden />
    </div>
  )
}
