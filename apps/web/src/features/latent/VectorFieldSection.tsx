'use client'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { useVectorField } from '../../entities/model/useVectorField'
import { VectorFieldPlot } from '../../entities/model/VectorFieldPlot'
import { writeLongestStep } from '../../entities/model/writeLongestStep'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureSource } from '../../ui/FigureSource'
import classes from './VectorFieldSection.module.css'

interface VectorFieldSectionProps {
  readonly epoch: number
  readonly model: LatentModel | null
  /** Interleaved x and y of test points; null while they load. */
  readonly points: Float32Array | null
  /** Of the normal noise that points are corrupted by; null where they are corrupted otherwise. */
  readonly deviation: number | null
  readonly source: FigureSource
}

/** Draws where a denoising autoencoder of points moves every place of the plane: back to the manifold. */
export function VectorFieldSection({ epoch, model, points, deviation, source }: VectorFieldSectionProps) {
  const { extent, arrows, corrupted, error, table } = useVectorField(model, points, deviation)
  return (
    <FigureSection
      id="run-field"
      title="Vector field"
      note={`Where the autoencoder moves each place of the plane, r(x) − x, epoch ${epoch}; lengths go with the square root of the step${arrows ? `, the longest ${writeLongestStep(arrows)}` : ''}`}
      source={source}
      table={arrows && table}
      state={
        error ? (
          <p className={classes.problem}>The field could not be computed: {error.message}</p>
        ) : (
          !(points && arrows) && <Skeleton className={classes.placeholder ?? ''} />
        )
      }
    >
      {points && arrows && <VectorFieldPlot epoch={epoch} points={points} extent={extent} arrows={arrows} corrupted={corrupted} />}
    </FigureSection>
  )
}
