'use client'

import { normalDeviation } from '@hourglass/autoencoders'
import { useEffect, useState } from 'react'
import { readRunConfig } from '../../data/readRunConfig'
import { useVectorField, type VectorField } from '../../entities/model/useVectorField'
import { VectorFieldPlot } from '../../entities/model/VectorFieldPlot'
import { writeLongestStep } from '../../entities/model/writeLongestStep'
import { useReconstructions } from '../../entities/run/useReconstructions'
import { useExamples } from '../../files/useExamples'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import { Waiting } from './Waiting'

/** Shows where a run's autoencoder moves each place of the plane, and how far at most. */
export function VectorFieldRow({ run }: RowProps) {
  const [arrows, setArrows] = useState<VectorField['arrows']>(null)
  const facts = arrows ? [{ name: 'Longest step', value: writeLongestStep(arrows), term: 'vector-field' }] : []
  return (
    <ModelRow run={run} facts={facts} hasLegend={normalDeviation(readRunConfig(run.config).corruption) !== null}>
      {(opened) => <Field {...opened} onDrawn={setArrows} />}
    </ModelRow>
  )
}

interface FieldProps extends OpenedModel {
  readonly onDrawn: (arrows: VectorField['arrows']) => void
}

function Field({ run, epoch, model, onDrawn }: FieldProps) {
  const { reconstructions, failed, retry } = useReconstructions(run.id, epoch)
  const examples = useExamples(reconstructions)
  const originals = examples.points?.originals ?? null
  const deviation = normalDeviation(readRunConfig(run.config).corruption)
  const { extent, arrows, corrupted, error, retry: recompute, table } = useVectorField(model, originals, deviation)
  useRowNumbers(run.id, arrows ? table : null)
  useEffect(() => onDrawn(arrows), [arrows, onDrawn])
  if (originals && arrows) return <VectorFieldPlot epoch={epoch} points={originals} extent={extent} arrows={arrows} corrupted={corrupted} />
  if (error) return <Unread what="The encoder" onRetry={recompute} />
  if (failed || examples.error) return <Unread what="The test points" onRetry={failed ? retry : examples.retry} />
  return <Waiting hasLegend={deviation !== null} />
}
