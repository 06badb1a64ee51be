'use client'

import { useMemo } from 'react'
import { largestMagnitude } from '../../files/largestMagnitude'
import { unitEffects } from '../../latent/unitEffects'
import { formatLoss } from '../../ui/formatQuantity'
import { SignedImage } from '../analysis/SignedImage'
import type { RowProps } from './FigureProps'
import { useRowNumbers } from './figureNumbers'
import { ModelRow, type OpenedModel } from './ModelRow'
import classes from './UnitsRow.module.css'

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

const activation = (value: number) => ({ name: 'Mean activation', value: formatLoss(value) })

function Units({ run, model, codes: { dimensions }, exampleShape }: OpenedModel) {
  const effects = useMemo(() => unitEffects(model, dimensions, SHOWN), [model, dimensions])
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
  const largest = useMemo(() => Math.max(0, ...effects.map(({ effect }) => largestMagnitude(effect))), [effects])
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
