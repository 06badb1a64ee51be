'use client'

import { useLayoutEffect, useRef } from 'react'
import type { DecodedStrips } from '../../latent/useDecodedStrips'
import classes from './StripPair.module.css'

interface StripPairProps {
  readonly label: string
  readonly strips: DecodedStrips
}

/** Draws test images above what a run makes of them (between them what it sees, where that is corrupted), as one picture that repaints in place. */
export function StripPair({ label, strips }: StripPairProps) {
  const { originals, corrupted, reconstructions, labels, epoch } = strips
  const canvas = useRef<HTMLCanvasElement>(null)
  const { naturalWidth: width, naturalHeight: height } = originals
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    const rows = corrupted ? [originals, corrupted, reconstructions] : [originals, reconstructions]
    for (const [row, strip] of rows.entries()) context?.drawImage(strip, 0, row * height)
  }, [originals, corrupted, reconstructions, height])
  return (
    <div
      className={classes.frame}
      role="img"
      aria-label={`${label}: ${labels.length} test images and, below each, ${corrupted ? 'what the encoder sees of it and ' : ''}its reconstruction after epoch ${epoch}.`}
      data-testid="strip-pair"
      data-epoch={epoch}
    >
      <canvas ref={canvas} className={classes.strips} width={width} height={(corrupted ? 3 : 2) * height} />
    </div>
  )
}
