'use client'
import { UnstyledButton } from '@mantine/core'
import { useMemo } from 'react'
import { sliceStrip } from '../../files/sliceStrip'
import type { DecodedStrips } from '../../files/useExamples'
import { ExampleImage } from '../../ui/ExampleImage'
import classes from './StartImages.module.css'

interface StartImagesProps {
  readonly strips: Pick<DecodedStrips, 'originals' | 'labels'>
  readonly disabled: boolean
  readonly onStart: (index: number) => void
}

/** Offers the test images as places to start from: choosing one sets the sliders to its code. */
export function StartImages({ strips, disabled, onStart }: StartImagesProps) {
  const { originals, labels } = strips
  const slices = useMemo(
    () => sliceStrip({ width: originals.naturalWidth, height: originals.naturalHeight, count: labels.length }),
    [originals, labels],
  )
  return (
    <fieldset className={classes.root} aria-label="Start from a test image">
      {slices.map((slice, index) => (
        <UnstyledButton
          key={slice.x}
          className={classes.button ?? ''}
          disabled={disabled}
          aria-label={`Start from test image ${index + 1}, label ${labels[index]}`}
          onClick={() => onStart(index)}
        >
          <ExampleImage className={classes.image ?? ''} strip={originals} slice={slice} />
        </UnstyledButton>
      ))}
    </fieldset>
  )
}
