import { useLayoutEffect, useRef } from 'react'
import { toPixels } from '../../../files/paintExample'
import classes from './PixelRow.module.css'

interface PixelRowProps {
  /** What stands before the row. */
  readonly title: string
  /** Images of 28 × 28 values, 0…1. */
  readonly images: readonly Float32Array[]
  /** What the row shows. */
  readonly label: string
}

const SIDE = 28
const GAP = 2

/** Draws images beside each other. */
export function PixelRow({ title, images, label }: PixelRowProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const pixels = context.createImageData(SIDE, SIDE)
    for (const [index, image] of images.entries()) {
      toPixels(image, pixels.data)
      context.putImageData(pixels, index * (SIDE + GAP), 0)
    }
  }, [images])
  return (
    <div className={classes.root}>
      <span className={classes.title}>{title}</span>
      <canvas
        ref={canvas}
        className={classes.images}
        width={images.length * (SIDE + GAP) - GAP}
        height={SIDE}
        role="img"
        aria-label={label}
      />
    </div>
  )
}
