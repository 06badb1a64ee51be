import { largestMagnitude } from '@hourglass/autoencoders/latent'
import { useMemo } from 'react'
import { SignedImage } from './SignedImage'
import classes from './SignedImages.module.css'

interface SignedImagesProps {
  readonly images: readonly SignedImageEntry[]
  readonly sides: readonly [height: number, width: number]
  /** Says what all of them are, where no caption does. */
  readonly label?: string
  readonly testId?: string
}

export interface SignedImageEntry {
  readonly key: number
  /** Shown where the pointer rests. */
  readonly title: string
  readonly values: Float32Array
}

/** Draws images of values around 0 in rows and on one scale: grey is 0, white and black the largest magnitude of them all. */
export function SignedImages({ images, sides, label, testId }: SignedImagesProps) {
  const largest = useMemo(() => Math.max(0, ...images.map(({ values }) => largestMagnitude(values))), [images])
  return (
    <div
      className={classes.root}
      data-small={sides[0] < 8 || undefined}
      data-testid={testId}
      {...(label === undefined ? {} : { role: 'img', 'aria-label': label })}
    >
      {images.map(({ key, title, values }) => (
        <div key={key} title={title}>
          <SignedImage className={classes.image ?? ''} values={values} sides={sides} largest={largest} />
        </div>
      ))}
    </div>
  )
}
