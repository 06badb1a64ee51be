'use client'
import { useEffect, useRef } from 'react'
import { toPixels } from '../files/paintExample'
import classes from './ImageGrid.module.css'
import { type PlotAxes, PlotFrame } from './PlotFrame'

interface ImageGridProps extends PlotAxes {
  readonly label: string
  /** Grey images `[side · side, height · width]`, row by row from below; null before they are there. */
  readonly values: Float32Array | null
  readonly side: number
  /** `[height, width]` or `[height, width, 1]`. */
  readonly exampleShape: readonly number[]
  readonly testId?: string
}

/** Lays images over a plane, each in the cell whose middle it is made of. */
export function ImageGrid({ label, values, side, exampleShape: [height = 1, width = 1], testId, ...axes }: ImageGridProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || !values) return
    const pixels = context.createImageData(width, height)
    for (let cell = 0; cell < side * side; cell++) {
      toPixels(values, pixels.data, { offset: cell * height * width })
      context.putImageData(pixels, (cell % side) * width, (side - 1 - Math.floor(cell / side)) * height)
    }
  }, [values, side, height, width])
  return (
    <PlotFrame {...axes}>
      <canvas
        ref={canvas}
        className={classes.images}
        width={side * width}
        height={side * height}
        role="img"
        aria-label={label}
        data-testid={testId}
        data-ready={values !== null || undefined}
      />
    </PlotFrame>
  )
}
