'use client'
import { meanSquaredError } from '@hourglass/autoencoders'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { readExample } from '../../files/readExample'
import { drawStrip } from '../../files/reconstructStrip'
import { type Strip, sizeOfStrip } from '../../files/Strip'
import { type StripSlice, sliceStrip } from '../../files/sliceStrip'
import { ExampleImage } from '../../ui/ExampleImage'
import { formatCode, formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import classes from './CodeWalk.module.css'
import { neighboursOf } from './placesOnLine'
import type { CodeLinePlaces } from './useCodeLine'
import { useDecoded } from './useDecoded'

/** Images from one neighbour's code to the other's, both included. */
const BETWEEN = 9

interface CodeWalkProps {
  readonly model: LatentModel
  /** Training images by rising code, and where each is in a strip. */
  readonly stops: CodeLinePlaces & { readonly strip: Strip; readonly slices: readonly StripSlice[] }
  /** What they are, as in `the nearest training images`. */
  readonly what: string
  readonly exampleShape: readonly number[]
  readonly place: number
}

/** Shows what is decoded at a place of a line, the training images to its left and right, and what lies between these two. */
export function CodeWalk({ model, stops, what, exampleShape, place }: CodeWalkProps) {
  const [height = 1, width = 1] = exampleShape
  const [left, right] = neighboursOf(stops.codes, place)
  const [from, to] = [stops.codes[left] ?? 0, stops.codes[right] ?? 0]
  const codes = useMemo(
    () => Float32Array.from([place, ...Array.from({ length: BETWEEN }, (_, index) => from + (index * (to - from)) / (BETWEEN - 1))]),
    [place, from, to],
  )
  const { answer, error, retry } = useDecoded(model, codes, 1 + BETWEEN)
  const strip = useMemo(() => (answer ? drawStrip(answer, [height, width]) : null), [answer, height, width])
  const slices = useMemo(() => (strip ? sliceStrip({ ...sizeOfStrip(strip), count: 1 + BETWEEN }) : []), [strip])
  const distances = useMemo(() => {
    if (!answer) return []
    const decoded = answer.subarray(0, height * width)
    const count = stops.slices.length
    return [left, right].map((index) => meanSquaredError(decoded, readExample(stops.strip, { index, count, exampleShape })))
  }, [answer, stops, left, right, height, width, exampleShape])

  const neighbour = (rank: number, side: 0 | 1) => {
    const slice = stops.slices[rank]
    return (
      <figure className={classes.neighbour}>
        {slice ? <ExampleImage className={classes.image ?? ''} strip={stops.strip} slice={slice} /> : null}
        <figcaption>
          {side === 0 ? 'Left' : 'Right'}: class {stops.labels[rank] ?? 0}
          <br />
          z1 {formatCode(stops.codes[rank] ?? 0)}
          <br />
          MSE {formatLoss(distances[side])}
        </figcaption>
      </figure>
    )
  }
  if (error) return <Unread what="What is decoded" onRetry={retry} />
  const [at, ...between] = slices
  return (
    <section className={classes.root} aria-label="A walk along the line" data-testid="code-walk">
      <div className={classes.shown}>
        <figure className={classes.decoded}>
          {strip && at ? <ExampleImage className={classes.image ?? ''} strip={strip} slice={at} /> : <div className={classes.empty} />}
          <figcaption>
            Decoded at
            <br />
            z1 {formatCode(place)}
          </figcaption>
        </figure>
        <div className={classes.neighbours}>
          {neighbour(left, 0)}
          <figure className={classes.between}>
            <div className={classes.strip}>
              {strip && between.map((slice) => <ExampleImage key={slice.x} className={classes.image ?? ''} strip={strip} slice={slice} />)}
            </div>
            <figcaption>
              Decoded from the left one’s code to the right one’s, in equal steps. Left and right: {what}, each with the MSE between it and
              what is decoded at the place.
            </figcaption>
          </figure>
          {neighbour(right, 1)}
        </div>
      </div>
    </section>
  )
}
