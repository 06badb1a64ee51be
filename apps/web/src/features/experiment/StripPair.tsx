'use client'

import { useMemo } from 'react'
import type { DecodedStrips } from '../../files/useExamples'
import { formatCounted } from '../../ui/formatQuantity'
import { StripStack } from './StripStack'

interface StripPairProps {
  readonly label: string
  readonly strips: DecodedStrips
}

/** Draws test images above what a run makes of them; between them what it sees, where that is corrupted. */
export function StripPair({ label, strips: { originals, corrupted, reconstructions, labels, epoch } }: StripPairProps) {
  const strips = useMemo(
    () => (corrupted ? [originals, corrupted, reconstructions] : [originals, reconstructions]),
    [originals, corrupted, reconstructions],
  )
  const below = `${corrupted ? 'what the encoder sees of it and ' : ''}its reconstruction after epoch ${epoch}`
  return (
    <StripStack
      label={`${label}: ${formatCounted(labels.length, 'test image')} and, below each, ${below}.`}
      strips={strips}
      count={labels.length}
      epoch={epoch}
      testId="strip-pair"
    />
  )
}
