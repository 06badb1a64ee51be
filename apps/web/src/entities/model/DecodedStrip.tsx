'use client'
import { useEffect, useRef } from 'react'
import { toPixels } from '../../files/paintExample'
import classes from './DecodedStrip.module.css'

interface DecodedStripProps {
  /** Grey images `[count, height · width]`; null before they are there. */
  readonly values: Float32Array | null
  readonly count: number
  readonly exampleShape: readonly number[]
  readonly label: string
}

/** Draws decoded images side by side over the whole width. */
export function DecodedStrip({ values, count, exampleShape: [height = 1, width = 1], label }: DecodedStripProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = height * width
  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context || values?.length !== count * size) return
    const pixels = context.createImageData(width, height)
    for (let index = 0; index < count; index++) {
      toPixels(values, pixels.data, { offset: index * size })
      context.putImageData(pixels, index * width, 0)
    }
  }, [values, count, size, height, width])
  return (
    <canvas
      ref={canvas}
      className={classes.strip}
      width={count * width}
      height={height}
      role="img"
      aria-label={label}
      data-testid="decoded-strip"
    />
  )
}
