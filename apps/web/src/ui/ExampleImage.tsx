'use client'
import { useLayoutEffect, useRef } from 'react'
import type { StripSlice } from '../files/sliceStrip'

interface ExampleImageProps {
  readonly strip: CanvasImageSource
  readonly slice: StripSlice
  readonly className?: string
}

/** Draws one image of a decoded strip. It repaints in place, so a new strip never shows as a gap. */
export function ExampleImage({ strip, slice, className }: ExampleImageProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    context?.drawImage(strip, slice.x, slice.y, slice.width, slice.height, 0, 0, slice.width, slice.height)
  }, [strip, slice])
  return <canvas ref={canvas} className={className} width={slice.width} height={slice.height} aria-hidden />
}
