'use client'

import { type Copying, copying } from '@hourglass/autoencoders/latent'
import { useEffect, useMemo, useState } from 'react'
import { useAnswer } from '../../data/useAnswer'
import { SignedImage } from '../../entities/analysis/SignedImage'
import { formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import classes from './CopyingRow.module.css'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import { Waiting } from './Waiting'

/** Rows in the middle of the image whose pixels are looked at: with all of them a page would compute for seconds. */
const ROWS = 4

/** Shows how pixels of an affine autoencoder come out at one another, beside the identity, where each is copied and nothing else. */
export function CopyingRow({ run }: RowProps) {
  const [distance, setDistance] = useState<number | null>(null)
  const facts = distance === null ? [] : [{ name: 'Distance from the identity', value: formatLoss(distance) }]
  return (
    <ModelRow run={run} facts={facts}>
      {(opened) => <Weights {...opened} onDistance={setDistance} />}
    </ModelRow>
  )
}

interface WeightsProps extends OpenedModel {
  readonly onDistance: (distance: number | null) => void
}

function Weights({ run, model, exampleShape, onDistance }: WeightsProps) {
  const ask = useMemo(() => {
    const { size, places } = middleOf(exampleShape)
    return (signal: AbortSignal) => copying(model, { size, places, signal })
  }, [model, exampleShape])
  const { answer, error, retry } = useAnswer(ask)
  const identity = useMemo(() => identityOf(answer?.places.length ?? 0), [answer?.places.length])
  const numbers = useMemo(() => answer && (() => weightsTable(answer)), [answer])
  useRowNumbers(run.id, numbers)
  useEffect(() => onDistance(answer?.distance ?? null), [answer, onDistance])
  if (!answer) return error ? <Unread what="The weights" onRetry={retry} /> : <Waiting />
  const sides = [answer.places.length, answer.places.length] as const
  return (
    <div className={classes.root} data-testid="copying">
      {[
        { title: 'Encoder times decoder', values: answer.weights },
        { title: 'Identity', values: identity },
      ].map(({ title, values }) => (
        <figure key={title} className={classes.matrix} aria-label={`${title}, ${sides[0]} by ${sides[1]} pixels`}>
          <SignedImage className={classes.image ?? ''} values={values} sides={sides} largest={1} />
          <figcaption className={classes.title}>{title}</figcaption>
        </figure>
      ))}
    </div>
  )
}

/** Lists the pixels of the rows in the middle of an image, where digits are drawn. */
function middleOf([height = 1, width = 1, channels = 1]: readonly number[]) {
  const rowSize = width * channels
  const rows = Math.min(ROWS, height)
  const first = Math.floor((height - rows) / 2) * rowSize
  return { size: height * rowSize, places: Array.from({ length: rows * rowSize }, (_, index) => first + index) }
}

function identityOf(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, index) => (index % (size + 1) === 0 ? 1 : 0))
}

function weightsTable({ places, weights }: Copying) {
  return {
    columns: ['from pixel', ...places.map((place) => `to pixel ${place}`)],
    rows: places.map((place, row) => [place, ...weights.subarray(row * places.length, (row + 1) * places.length)]),
  }
}
