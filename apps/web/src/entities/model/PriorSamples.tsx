'use client'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { useEffect, useMemo, useRef } from 'react'
import { toPixels } from '../../files/paintExample'
import { pointView } from '../../files/pointView'
import { extentOf, unite } from '../../ui/plotExtent'
import { ScatterPlot } from '../../ui/ScatterPlot'
import { Unread } from '../../ui/Unread'
import classes from './PriorSamples.module.css'
import { useDecoded } from './useDecoded'

interface PriorSamplesProps {
  readonly model: LatentModel | null
  /** `[count, latent dimension]` */
  readonly codes: Float32Array
  readonly count: number
  readonly exampleShape: readonly number[]
}

/** Decodes codes and shows what comes out, images or points. */
export function PriorSamples({ model, codes, count, exampleShape }: PriorSamplesProps) {
  const { answer, error, retry } = useDecoded(model, codes, count)
  if (error) return <Unread what="The samples" onRetry={retry} />
  return exampleShape.length === 1 ? (
    <Points values={answer} count={count} exampleShape={exampleShape} />
  ) : (
    <Images values={answer} count={count} exampleShape={exampleShape} />
  )
}

interface SamplesProps {
  /** `[count, values of one example]`; null before they are decoded. */
  readonly values: Float32Array | null
  readonly count: number
  readonly exampleShape: readonly number[]
}

function Images({ values, count, exampleShape }: SamplesProps) {
  const grid = useRef<HTMLDivElement>(null)
  const [height = 1, width = 1, channels = 1] = exampleShape
  useEffect(() => {
    if (!values || !grid.current) return
    const pixels = new ImageData(width, height)
    for (const [index, canvas] of grid.current.querySelectorAll('canvas').entries()) {
      toPixels(values, pixels.data, { offset: index * height * width * channels, channels })
      canvas.getContext('2d')?.putImageData(pixels, 0, 0)
    }
  }, [values, height, width, channels])
  return (
    <div
      ref={grid}
      className={classes.grid}
      role="img"
      aria-label={`${count} images decoded from random codes`}
      data-testid="prior-samples"
      data-ready={values !== null || undefined}
    >
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sample is known by its place
        <canvas key={index} className={classes.image} width={width} height={height} />
      ))}
    </div>
  )
}

const none = new Float32Array()

function Points({ values, count, exampleShape: [size = 2] }: SamplesProps) {
  const view = useMemo(() => pointView(size), [size])
  const points = useMemo(() => view.flatten(values ?? none), [view, values])
  const extent = unite(extentOf(points, { axis: 0 }), extentOf(points, { axis: 1 }))
  return (
    <div className={classes.plot} data-testid="prior-samples">
      <ScatterPlot
        label={`${count} points decoded from random codes`}
        layers={[{ kind: 'dots', points, colour: '--hg-accent', size: 2.5 }]}
        x={extent}
        y={extent}
        xLabel={view.xLabel}
        yLabel={view.yLabel}
      />
    </div>
  )
}
