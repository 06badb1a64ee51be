'use client'
import { useLayoutEffect, useRef } from 'react'
import { toPixels } from '../../latent/paintExample'

interface SignedImageProps {
  readonly values: Float32Array
  readonly sides: readonly [height: number, width: number]
  readonly className?: string
}

/** Draws an image of values around 0: grey is 0, the largest magnitude is black or white. */
export function SignedImage({ values, sides: [height, width], className }: SignedImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (!context) return
    const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
    const pixels = context.createImageData(width, height)
    const shades = values.map((value) => 0.5 + value / (2 * largest))
    toPixels(shades, 0, pixels.data)
    context.putImageData(pixels, 0, 0)
  }, [values, height, width])
  return <canvas ref={canvas} className={className} width={width} height={height} aria-hidden />
}
