'use client'

import { measurementTerm } from '@hourglass/autoencoders'
import { largestMagnitude, unitEffects } from '@hourglass/autoencoders/latent'
import { useCallback, useMemo } from 'react'
import { SignedImage } from '../../entities/analysis/SignedImage'
import { useAnswer } from '../../entities/model/useAnswer'
import { formatLoss } from '../../ui/formatQuantity'
import { Unread } from '../../ui/Unread'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import classes from './UnitsRow.module.css'
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
  const largest = useMemo(() => Math.max(0, ...(effects ?? []).map(({ effect }) => largestMagnitude(effect))), [effects])
  if (!effects) return error ? <Unread what="The units" onRetry={retry} /> : <Waiting />
  const [height = 1, width = 1] = exampleShape
  return (
    <div
      className={classes.grid}
      role="img"
      aria-label={`What each of ${effects.length} units of ${dimensions.length} adds to a reconstruction of ${run.label ?? run.name}`}
      data-testid="unit-effects"
    >
      {effects.map(({ unit, effect }) => (
        <div
          key={unit.index}
          title={`z${unit.index + 1}: mean ${formatLoss(unit.mean)}, standard deviation ${formatLoss(unit.standardDeviation)}`}
        >
          <SignedImage className={classes.image ?? ''} values={effect} sides={[height, width]} largest={largest} />
        </div>
      ))}
    </div>
  )
}
