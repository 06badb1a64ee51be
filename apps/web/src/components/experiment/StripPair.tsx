'use client'

import { useLayoutEffect, useRef } from 'react'
import type { DecodedStrips } from '../../latent/useDecodedStrips'
import classes from './StripPair.module.css'

interface StripPairProps {
  readonly label: string
  readonly strips: DecodedStrips
}

/** Draws test images side by side above what a run makes of them, as one picture that repaints in place. */
export function StripPair({ label, strips }: StripPairProps) {
  const { originals, reconstructions, labels, epoch } = strips
  const canvas = useRef<HTMLCanvasElement>(null)
  const { naturalWidth: width, naturalHeight: height } = originals
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    context?.drawImage(originals, 0, 0)
    context?.drawImage(reconstructions, 0, height)
  }, [originals, reconstructions, height])
  return (
    <div
      className={classes.frame}
      role="img"
      aria-label={`${label}: ${labels.length} test images and, below each, its reconstruction after epoch ${epoch}.`}
      data-testid="strip-pair"
      data-epoch={epoch}
    >
      <canvas ref={canvas} className={classes.strips} width={width} height={2 * height} />
    </div>
  )
}
