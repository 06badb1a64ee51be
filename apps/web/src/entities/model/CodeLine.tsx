'use client'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { useElementSize } from '@mantine/hooks'
import { useMemo, useState } from 'react'
import { drawStrip } from '../../files/reconstructStrip'
import { sizeOfStrip } from '../../files/Strip'
import { sliceStrip } from '../../files/sliceStrip'
import { LabelLegend } from '../../ui/LabelLegend'
import { widen } from '../../ui/plotExtent'
import { Unread } from '../../ui/Unread'
import classes from './CodeLine.module.css'
import { CodeLineAxis } from './CodeLineAxis'
import { CodeWalk } from './CodeWalk'
import { DecodedStrip } from './DecodedStrip'
import { PlaceSlider } from './PlaceSlider'
import { chooseRanks, neighboursOf } from './placesOnLine'
import type { CodeLinePlaces, PlacedImages } from './useCodeLine'
import { useDecoded } from './useDecoded'

/** Widths in CSS pixels of an image above the line, where there is room and where there is little. */
const THUMBNAIL = 40
const SMALL_THUMBNAIL = 26
/** Width of an image that is decoded under the line, and how many there are at most. */
const STEP = 34
const MOST_STEPS = 28

interface CodeLineProps {
  /** Of the run. */
  readonly label: string
  readonly epoch: number
  readonly model: LatentModel
  /** All whose codes are known. */
  readonly training: CodeLinePlaces
  /** Those whose images are known; null before the run was measured. */
  readonly placed: PlacedImages | null
  readonly exampleShape: readonly number[]
}

/**
 * Draws a code of one unit as a line: training images at their places, and under the line what is decoded along it. Below, a place that the reader
 * moves, with what is decoded there, between the two nearest training images. Before these are known, what is decoded of their codes stands for them.
 */
export function CodeLine({ label, epoch, model, training, placed, exampleShape }: CodeLineProps) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const [chosen, choose] = useState<number | null>(null)
  const [height = 1, across = 1] = exampleShape
  const { codes } = training
  const extent = useMemo(() => widen({ minimum: codes[0] ?? 0, maximum: codes.at(-1) ?? 0 }, 0.04), [codes])

  const whose: CodeLinePlaces = placed ?? training
  const ranks = useMemo(() => chooseRanks(whose.codes, Math.max(1, Math.floor(width / (SMALL_THUMBNAIL + 3)))), [whose, width])
  const shownCodes = useMemo(() => Float32Array.from(ranks, (rank) => whose.codes[rank] ?? 0), [ranks, whose])
  const ofCodes = useDecoded(placed || width === 0 ? null : model, shownCodes, ranks.length)
  const stops = useMemo(() => {
    const isDecoded = ofCodes.answer?.length === ranks.length * height * across
    if (!placed && !isDecoded) return null
    const strip = placed?.strip ?? drawStrip(ofCodes.answer ?? new Float32Array(), [height, across])
    const count = placed ? placed.codes.length : ranks.length
    const labels = placed ? placed.labels : ranks.map((rank) => whose.labels[rank] ?? 0)
    return { codes: placed?.codes ?? shownCodes, labels, strip, slices: sliceStrip({ ...sizeOfStrip(strip), count }) }
  }, [placed, ofCodes.answer, ranks, whose, shownCodes, height, across])

  const steps = Math.min(MOST_STEPS, Math.max(6, Math.floor(width / STEP)))
  const path = useMemo(
    () => Float32Array.from({ length: steps }, (_, index) => extent.minimum + ((index + 0.5) * (extent.maximum - extent.minimum)) / steps),
    [steps, extent],
  )
  const along = useDecoded(width > 0 ? model : null, path, steps)
  const labels = useMemo(() => [...new Set(training.labels)].toSorted((a, b) => a - b), [training.labels])
  const place = chosen === null ? middleOf(stops?.codes ?? codes) : Math.min(extent.maximum, Math.max(extent.minimum, chosen))
  const images = placed ? 'training images' : 'images decoded of the codes of training images'
  const areAll = ranks.length === codes.length
  const thumbnail = Math.min(THUMBNAIL, Math.max(SMALL_THUMBNAIL, Math.floor(width / Math.max(1, ranks.length)) - 3))
  return (
    <div ref={ref} className={classes.root} data-testid="code-line" data-epoch={epoch} data-placed={placed?.codes.length ?? 0}>
      {width > 0 && stops ? (
        <CodeLineAxis
          label={`Codes of ${codes.length} training images in ${label} after epoch ${epoch}, with ${ranks.length} ${images}`}
          width={width}
          extent={extent}
          training={training}
          shown={ranks.flatMap((rank, index) => {
            const slice = stops.slices[placed ? rank : index]
            return slice ? [{ code: whose.codes[rank] ?? 0, label: whose.labels[rank] ?? 0, slice }] : []
          })}
          strip={stops.strip}
          thumbnail={thumbnail}
          place={place}
          onPlace={choose}
        />
      ) : null}
      <DecodedStrip
        values={along.answer}
        count={steps}
        exampleShape={exampleShape}
        label={`What ${label} decodes along the line, in ${steps} steps`}
      />
      <PlaceSlider extent={extent} place={place} onPlace={choose} />
      <div className={classes.captions}>
        <span>
          Above the line: {areAll ? 'the' : `${ranks.length} of the`} {images}. Below: what is decoded at each place.
        </span>
        {labels.length > 1 ? <LabelLegend labels={labels} /> : null}
      </div>
      {along.error || ofCodes.error ? <Unread what="What is decoded" onRetry={along.error ? along.retry : ofCodes.retry} /> : null}
      {stops ? (
        <CodeWalk model={model} stops={stops} what={describeStops(placed, training)} exampleShape={exampleShape} place={place} />
      ) : null}
    </div>
  )
}

function describeStops(placed: PlacedImages | null, training: CodeLinePlaces): string {
  if (placed === null) return 'what is decoded of the nearest codes of training images'
  const areAll = placed.codes.length === training.codes.length
  return areAll ? 'the nearest training images' : `the nearest of ${placed.codes.length} random training images`
}

/** Half way between the two codes in the middle. */
function middleOf(codes: Float32Array): number {
  const [left, right] = neighboursOf(codes, codes[Math.floor((codes.length - 1) / 2)] ?? 0)
  return ((codes[left] ?? 0) + (codes[right] ?? 0)) / 2
}
