'use client'
import { largestMagnitude } from '@hourglass/autoencoders/latent'
import { useLayoutEffect, useRef } from 'react'
import { toPixels } from '../../files/paintExample'

interface SignedImageProps {
  readonly values: Float32Array
  readonly sides: readonly [height: number, width: number]
  /** The magnitude that is black or white, where images are to be compared. @default the largest of this image */
  readonly largest?: number | undefined
  readonly className?: string
}

/** Draws an image of values around 0: grey is 0, the largest magnitude is black or white. */
export function SignedImage({ values, sides: [height, width], largest, className }: SignedImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const most = largest ?? largestMagnitude(values)
    const pixels = context.createImageData(width, height)
    const shades = values.map((value) => 0.5 + value / (2 * (most || 1)))
    toPixels(shades, pixels.data)
    context.putImageData(pixels, 0, 0)
  }, [values, height, width, largest])
  return <canvas ref={canvas} className={className} width={width} height={height} aria-hidden />
}
