'use client'

import { measurementTerm } from '@hourglass/autoencoders'
import { unitEffects } from '@hourglass/autoencoders/latent'
import { useCallback, useMemo } from 'react'
import { useAnswer } from '../../data/useAnswer'
import { SignedImages } from '../../entities/analysis/SignedImages'
import { formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import { Waiting } from './Waiting'

const SHOWN = 36

/** Shows what single units of a run's code add to a reconstruction, those that vary most first. */
export function UnitsRow({ run }: RowProps) {
  const { meanActivation } = run.summary
  const facts = meanActivation === null ? [] : [activation(meanActivation)]
  return (
    <ModelRow run={run} facts={facts}>
      {(opened) => <Units {...opened} />}
    </ModelRow>
  )
}

const activation = (value: number) => ({ name: 'Mean activation', value: formatLoss(value), term: measurementTerm('meanActivation') })

function Units({ run, model, codes: { dimensions }, exampleShape }: OpenedModel) {
  const ask = useCallback((signal: AbortSignal) => unitEffects(model, { dimensions, wanted: SHOWN, signal }), [model, dimensions])
  const { answer: effects, error, retry } = useAnswer(ask)
  const numbers = useMemo(
    () => () => ({
      columns: ['unit', 'mean', 'standard deviation', 'minimum', 'maximum'],
      rows: dimensions.map(({ index, mean, standardDeviation, minimum, maximum }) => [
        index + 1,
        mean,
        standardDeviation,
        minimum,
        maximum,
      ]),
    }),
    [dimensions],
  )
  useRowNumbers(run.id, numbers)
  if (!effects) return error ? <Unread what="The units" onRetry={retry} /> : <Waiting />
  const [height = 1, width = 1] = exampleShape
  return (
    <SignedImages
      label={`What each of ${effects.length} units of ${dimensions.length} adds to a reconstruction of ${run.label ?? run.name}`}
      testId="unit-effects"
      sides={[height, width]}
      images={effects.map(({ unit, effect }) => ({
        key: unit.index,
        title: `z${unit.index + 1}: mean ${formatLoss(unit.mean)}, standard deviation ${formatLoss(unit.standardDeviation)}`,
        values: effect,
      }))}
    />
  )
}
