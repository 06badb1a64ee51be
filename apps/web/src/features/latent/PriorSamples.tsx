'use client'
import { useEffect, useRef } from 'react'
import { toPixels } from '../../files/paintExample'
import { extentOf, unite } from '../../files/plotExtent'
import type { LatentModel } from '../../latent/openLatentModel'
import { ScatterPlot } from '../../ui/ScatterPlot'
import classes from './PriorSamples.module.css'

interface PriorSamplesProps {
  readonly model: LatentModel | null
  /** `[count, latent dimension]` */
  readonly codes: Float32Array
  readonly count: number
  readonly exampleShape: readonly number[]
}

/** Decodes codes and shows what comes out, images or points. */
export function PriorSamples({ model, codes, count, exampleShape }: PriorSamplesProps) {
  return exampleShape.length === 1 ? (
    <Points model={model} codes={codes} count={count} />
  ) : (
    <Images model={model} codes={codes} count={count} exampleShape={exampleShape} />
  )
}

function Images({ model, codes, count, exampleShape }: PriorSamplesProps) {
  const grid = useRef<HTMLDivElement>(null)
  const [height = 1, width = 1, channels = 1] = exampleShape
  useEffect(() => {
    if (!model || !grid.current) return
    const values = model.decode(codes, count)
    const pixels = new ImageData(width, height)
    for (const [index, canvas] of grid.current.querySelectorAll('canvas').entries()) {
      toPixels(values, index * height * width * channels, pixels.data, channels)
      canvas.getContext('2d')?.putImageData(pixels, 0, 0)
    }
  }, [model, codes, count, height, width, channels])
  return (
    <div
      ref={grid}
      className={classes.grid}
      role="img"
      aria-label={`${count} images decoded from random codes`}
      data-testid="prior-samples"
      data-ready={model !== null || undefined}
    >
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a sample is known by its place
        <canvas key={index} className={classes.image} width={width} height={height} />
      ))}
    </div>
  )
}

function Points({ model, codes, count }: Omit<PriorSamplesProps, 'exampleShape'>) {
  const points = model ? model.decode(codes, count).slice() : new Float32Array()
  const extent = unite(extentOf(points, { axis: 0 }), extentOf(points, { axis: 1 }))
  return (
    <div className={classes.plot} data-testid="prior-samples">
      <ScatterPlot
        label={`${count} points decoded from random codes`}
        layers={[{ kind: 'dots', points, colour: '--hg-accent', size: 2.5 }]}
        x={extent}
        y={extent}
        xLabel="x"
        yLabel="y"
      />
    </div>
  )
}
