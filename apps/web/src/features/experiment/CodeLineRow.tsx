'use client'

import { measurementTerm } from '@hourglass/autoencoders'
import { CodeLine } from '../../entities/model/CodeLine'
import { useCodeLine } from '../../entities/model/useCodeLine'
import { formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import { Waiting } from './Waiting'

/** Shows a code of one unit after the latest epoch as a line, with training images at their places. */
export function CodeLineRow({ run, analysis }: RowProps) {
  const training = analysis?.subjects.find(({ subject }) => subject === 'TRAINING')?.metrics.meanSquaredError
  const facts = training == null ? [] : [{ name: 'Training MSE', value: formatLoss(training), term: measurementTerm('meanSquaredError') }]
  return (
    <ModelRow run={run} facts={facts}>
      {(opened) => <Line {...opened} analysis={analysis} />}
    </ModelRow>
  )
}

function Line({ run, epoch, model, codes, latentDimension, exampleShape, analysis }: OpenedModel & Pick<RowProps, 'analysis'>) {
  const { training, placed, isMissing, error, retry, table } = useCodeLine(codes.url, analysis ?? null)
  useRowNumbers(run.id, latentDimension === 1 ? table : null)
  if (latentDimension !== 1) return <Waiting>Its code has {latentDimension} units, which are no line.</Waiting>
  if (error) return <Unread what="The codes" onRetry={retry} />
  if (isMissing) return <Waiting>Codes of training images are not stored with this epoch.</Waiting>
  if (!training) return <Waiting />
  return (
    <CodeLine label={run.label ?? run.name} epoch={epoch} model={model} training={training} placed={placed} exampleShape={exampleShape} />
  )
}
