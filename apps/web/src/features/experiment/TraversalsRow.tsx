'use client'

import { readCodes, type Traversal, type Traversals, traverse } from '@hourglass/autoencoders/latent'
import { useLayoutEffect, useMemo, useRef } from 'react'
import { useAnswer } from '../../data/useAnswer'
import { findDirections } from '../../entities/model/findDirections'
import { tensorsFile } from '../../files/fileSources'
import { toPixels } from '../../files/paintExample'
import { useFile } from '../../files/useFiles'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import classes from './TraversalsRow.module.css'
import { traversalsTable } from './traversalsTable'

const STEPS = 9
/** In standard deviations. */
const REACH = 2.5
const SHOWN = 8

/** Shows what a run's decoder makes of a code that moves along single dimensions, and along the principal directions of the codes. */
export function TraversalsRow({ run }: RowProps) {
  return <ModelRow run={run}>{(opened) => <Traversed {...opened} />}</ModelRow>
}

function Traversed({ run, model, codes: { url, dimensions }, exampleShape }: OpenedModel) {
  const { shown: tensors, error, retry } = useFile(tensorsFile(url))
  const stored = useMemo(() => readCodes(tensors), [tensors])
  const ask = useMemo(
    () =>
      stored &&
      (async (signal: AbortSignal) => {
        const principal = await findDirections(stored.trainingCodes, { size: dimensions.length, wanted: SHOWN, signal })
        const found = traverse({ ...stored, principal, dimensions, wanted: SHOWN, steps: STEPS, reach: REACH })
        return { found, decoded: await model.decode(joinCodes(found), STEPS * countOf(found), signal) }
      }),
    [stored, dimensions, model],
  )
  const { answer, error: failure, retry: decodeAgain } = useAnswer(ask)
  const found = answer?.found
  const numbers = useMemo(
    () => (found ? () => traversalsTable([...found.units, ...found.directions], { size: dimensions.length, steps: STEPS }) : null),
    [found, dimensions],
  )
  useRowNumbers(run.id, numbers)
  if (!answer) {
    if (error) return <Unread what="The codes" onRetry={retry} />
    return failure ? <Unread what="The traversals" onRetry={decodeAgain} /> : <div className={classes.waiting} />
  }
  const size = exampleShape.reduce((product, length) => product * length, STEPS)
  const groups = [
    { title: 'Single dimensions', traversals: answer.found.units, first: 0 },
    { title: 'Principal directions of the training codes', traversals: answer.found.directions, first: answer.found.units.length },
  ]
  return (
    <div className={classes.root} data-testid="traversals">
      {groups.map(({ title, traversals, first }) => (
        <figure key={title} className={classes.group} aria-label={`${title}, from −${REACH} to +${REACH} standard deviations`}>
          <figcaption className={classes.title}>
            {title}{' '}
            <span className={classes.reach}>
              −{REACH} σ … +{REACH} σ
            </span>
          </figcaption>
          {traversals.map(({ name }, index) => (
            <Strip
              key={name}
              name={name}
              values={answer.decoded.subarray((first + index) * size, (first + index + 1) * size)}
              exampleShape={exampleShape}
            />
          ))}
        </figure>
      ))}
    </div>
  )
}

const joinCodes = ({ units, directions }: Traversals) =>
  Float32Array.from([...units, ...directions].flatMap(({ codes }: Traversal) => [...codes]))

const countOf = ({ units, directions }: Traversals) => units.length + directions.length

interface StripProps {
  readonly name: string
  /** Of the image at each step. */
  readonly values: Float32Array
  readonly exampleShape: readonly number[]
}

function Strip({ name, values, exampleShape: [height = 1, width = 1] }: StripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const pixels = context.createImageData(width, height)
    for (let step = 0; step < STEPS; step++) {
      toPixels(values, pixels.data, { offset: step * height * width })
      context.putImageData(pixels, step * width, 0)
    }
  }, [values, height, width])
  return (
    <div className={classes.strip}>
      <span className={classes.name}>{name}</span>
      <canvas ref={canvas} className={classes.images} width={STEPS * width} height={height} aria-hidden />
    </div>
  )
}
