'use client'
import { useLayoutEffect, useRef } from 'react'
import { toPixels } from '../../files/paintExample'

interface PixelImageProps {
  /** Values of one image, 0…1; null leaves it empty. */
  readonly values: Float32Array | null
  /** `[height, width, channels]`. */
  readonly exampleShape: readonly number[]
  /** Null where what stands beside it says what it is. */
  readonly label: string | null
  readonly className?: string | undefined
}

/** Draws the values of one image. */
export function PixelImage({ values, exampleShape, label, className }: PixelImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [height = 1, width = 1, channels = 1] = exampleShape
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    context.clearRect(0, 0, width, height)
    if (values === null) return
    const pixels = context.createImageData(width, height)
    toPixels(values, pixels.data, { channels })
    context.putImageData(pixels, 0, 0)
  }, [values, height, width, channels])
  return (
    <canvas
      ref={canvas}
      className={className}
      width={width}
      height={height}
      {...(label === null ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    />
  )
}
