'use client'
import type { LatentModel } from '@hourglass/autoencoders/latent'
import { Skeleton } from '@mantine/core'
import { ReconstructionCurvePlot } from '../../entities/model/ReconstructionCurvePlot'
import { meanSlopeAt, useReconstructionCurve } from '../../entities/model/useReconstructionCurve'
import { FigureSection } from '../../ui/FigureSection'
import type { FigureSource } from '../../ui/FigureSource'
import { formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import classes from './VectorFieldSection.module.css'

interface ReconstructionCurveSectionProps {
  readonly epoch: number
  readonly model: LatentModel | null
  /** Test points, one number each; null while they load. */
  readonly points: Float32Array | null
  readonly source: FigureSource
}

/** Draws what an autoencoder of points on a line makes of each place of it. */
export function ReconstructionCurveSection({ epoch, model, points, source }: ReconstructionCurveSectionProps) {
  const { extent, curve, error, retry, table } = useReconstructionCurve(model, points)
  const slope = curve && points ? `; its mean slope at test points is ${formatLoss(meanSlopeAt(curve, points))}` : ''
  return (
    <FigureSection
      id="run-curve"
      title="r(x) over x"
      what="r(x) over x"
      note={`What the autoencoder makes of each place of the line, epoch ${epoch}${slope}`}
      source={source}
      table={curve && table}
      state={error ? <Unread what="The model" onRetry={retry} /> : !(points && curve) && <Skeleton className={classes.placeholder ?? ''} />}
    >
      {points && curve && <ReconstructionCurvePlot epoch={epoch} points={points} extent={extent} curve={curve} />}
    </FigureSection>
  )
}
