'use client'
import { type DimensionSpread, drawPrior, type LatentModel } from '@hourglass/autoencoders/latent'
import { Button } from '@mantine/core'
import { IconArrowsShuffle } from '@tabler/icons-react'
import { useMemo } from 'react'
import { DivergenceBars } from '../../entities/model/DivergenceBars'
import { PriorSamples } from '../../entities/model/PriorSamples'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureSource } from '../../ui/FigureSource'
import classes from './PriorSection.module.css'

interface PriorSectionProps {
  readonly epoch: number
  readonly model: LatentModel | null
  readonly dimensions: readonly (DimensionSpread & { readonly divergence: number | null })[]
  readonly exampleShape: readonly number[]
  /** Which codes are drawn. */
  readonly seed: number
  readonly source: FigureSource
  readonly onDraw: (seed: number) => void
}

const SAMPLES = 40

/** Shows what a variational autoencoder generates from its prior, and how much each unit of its code tells. */
export function PriorSection({ epoch, model, dimensions, exampleShape, seed, source, onDraw }: PriorSectionProps) {
  const size = dimensions.length
  const codes = useMemo(() => drawPrior({ seed, count: SAMPLES, size }), [seed, size])
  return (
    <FigureSection
      id="run-prior"
      title="Prior"
      note={`Decoded from random codes z ~ N(0, I), epoch ${epoch}; how far each unit’s codes are from that`}
      controls={
        <Button size="compact-xs" variant="default" leftSection={<IconArrowsShuffle size={13} />} onClick={() => onDraw(seed + 1)}>
          New samples
        </Button>
      }
      source={source}
      table={() => ({
        columns: ['unit', 'KL divergence (nats)', 'standard deviation'],
        rows: dimensions.map(({ index, divergence, standardDeviation }) => [index + 1, divergence, standardDeviation]),
      })}
    >
      <div className={classes.root}>
        <PriorSamples model={model} codes={codes} count={SAMPLES} exampleShape={exampleShape} />
        <DivergenceBars dimensions={dimensions} />
      </div>
    </FigureSection>
  )
}
