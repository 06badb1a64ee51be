'use client'

import { type CSSProperties, useLayoutEffect, useRef } from 'react'
import classes from './StripStack.module.css'

interface StripStackProps {
  readonly label: string
  /** Of the same size. */
  readonly strips: readonly HTMLImageElement[]
  /** How many images stand side by side in a strip. */
  readonly count: number
  readonly epoch: number
  readonly testId: string
}

/** Draws strips of images below one another as one picture that repaints in place; narrow pages show the first eight images. */
export function StripStack({ label, strips, count, epoch, testId }: StripStackProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const { naturalWidth: width = 1, naturalHeight: height = 1 } = strips[0] ?? {}
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    for (const [row, strip] of strips.entries()) context?.drawImage(strip, 0, row * height)
  }, [strips, height])
  return (
    <div
      className={classes.frame}
      style={{ '--count': count } as CSSProperties}
      role="img"
      aria-label={label}
      data-testid={testId}
      data-epoch={epoch}
    >
      <canvas ref={canvas} className={classes.strips} width={width} height={strips.length * height} />
    </div>
  )
}
