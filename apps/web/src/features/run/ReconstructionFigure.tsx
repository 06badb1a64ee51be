'use client'
import { useMemo } from 'react'
import { sliceStrip } from '../../files/sliceStrip'
import type { DecodedStrips } from '../../files/useExamples'
import { ExampleImage } from '../../ui/ExampleImage'
import { formatCounted } from '../../ui/formatQuantity'
import classes from './ReconstructionFigure.module.css'

interface ReconstructionFigureProps {
  readonly strips: DecodedStrips
  /** Whether another epoch has been asked for and its images are on their way. */
  readonly pending: boolean
}

/** Draws the chapter's figure: test images above, what the autoencoder makes of them below. */
export function ReconstructionFigure({ strips, pending }: ReconstructionFigureProps) {
  const { epoch, originals, corrupted, reconstructions, labels } = strips
  const count = labels.length
  const slices = useMemo(() => sliceStrip({ width: originals.naturalWidth, height: originals.naturalHeight, count }), [originals, count])
  return (
    <figure
      className={classes.root}
      role="img"
      aria-label={`${formatCounted(count, 'test image')} and, below each, ${corrupted ? 'what the encoder sees of it and ' : ''}its reconstruction after epoch ${epoch}. Labels: ${labels.join(', ')}.`}
      aria-busy={pending}
      data-testid="reconstruction-figure"
      data-epoch={epoch}
    >
      <div className={classes.pairs} style={{ '--count': count } as React.CSSProperties} aria-hidden>
        {slices.map((slice, index) => (
          <div key={slice.x} className={classes.pair}>
            <ExampleImage className={classes.image ?? ''} strip={originals} slice={slice} />
            {corrupted && <ExampleImage className={classes.image ?? ''} strip={corrupted} slice={slice} />}
            <ExampleImage className={classes.image ?? ''} strip={reconstructions} slice={slice} />
            <span className={classes.label}>{labels[index]}</span>
          </div>
        ))}
      </div>
    </figure>
  )
}
