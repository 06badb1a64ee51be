'use client'

import { measurementTerm } from '@hourglass/autoencoders'
import { useEffect, useState } from 'react'
import { ReconstructionCurvePlot } from '../../entities/model/ReconstructionCurvePlot'
import { meanSlopeAt, useReconstructionCurve } from '../../entities/model/useReconstructionCurve'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { useExamples } from '../../files/useExamples'
import { formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import { Waiting } from './Waiting'

/** Shows what a run's autoencoder makes of each place of a line, and how steep that is at test points. */
export function ReconstructionCurveRow({ run }: RowProps) {
  const [slope, setSlope] = useState<number | null>(null)
  const facts =
    slope === null
      ? []
      : [{ name: 'Mean slope at test points', value: formatLoss(slope), term: measurementTerm('reconstructionJacobianNorm') }]
  return (
    <ModelRow run={run} facts={facts} hasLegend>
      {(opened) => <Curve {...opened} onSlope={setSlope} />}
    </ModelRow>
  )
}

interface CurveProps extends OpenedModel {
  readonly onSlope: (slope: number | null) => void
}

function Curve({ run, epoch, model, onSlope }: CurveProps) {
  const { reconstructions, failed, retry } = useReconstructions(run.id, epoch)
  const examples = useExamples(reconstructions)
  const originals = examples.points?.originals ?? null
  const { extent, curve, error, retry: recompute, table } = useReconstructionCurve(model, originals)
  useRowNumbers(run.id, curve ? table : null)
  useEffect(() => onSlope(curve && originals ? meanSlopeAt(curve, originals) : null), [curve, originals, onSlope])
  if (originals && curve) return <ReconstructionCurvePlot epoch={epoch} points={originals} extent={extent} curve={curve} />
  if (error) return <Unread what="The model" onRetry={recompute} />
  if (failed || examples.error) return <Unread what="The test points" onRetry={failed ? retry : examples.retry} />
  return <Waiting hasLegend />
}
