'use client'

import { type HalvingChoice, type Rung, USUAL_ETA } from '@hourglass/autoencoders'
import { Alert, NumberInput, SegmentedControl } from '@mantine/core'
import { scoredLoss, type Titling } from '../../entities/metric/scoredOn'
import { describeRungs } from './describeRungs'
import classes from './LaunchForm.module.css'

export interface SearchFieldProps {
  /** How the best run is searched for; null where all are trained in full. */
  readonly search: HalvingChoice | null
  readonly onChange: (search: HalvingChoice | null) => void
  /** Of the runs that it would be over. */
  readonly configs: readonly Titling[]
  /** What the search comes to; null where it cannot be. */
  readonly rungs: readonly Rung[] | null
  /** Why the runs cannot be searched so. */
  readonly problem: string | null
}

const USUAL: HalvingChoice = { firstEpochs: 1, eta: USUAL_ETA }

/** Chooses whether all runs of a sweep are trained in full, or the best of them is searched for. */
export function SearchField({ search, onChange, configs, rungs, problem }: SearchFieldProps) {
  const wrapper = { size: 'xs' as const, inputWrapperOrder: ['label', 'input', 'description'] as ('label' | 'input' | 'description')[] }
  const whole = (value: string | number, least: number) => (typeof value === 'number' ? Math.max(least, Math.round(value)) : least)
  return (
    <>
      <SegmentedControl
        size="xs"
        className={classes.wide ?? ''}
        aria-label="Training"
        value={search === null ? 'full' : 'halving'}
        onChange={(next) => onChange(next === 'full' ? null : USUAL)}
        data={[
          { value: 'full', label: 'Train all in full' },
          { value: 'halving', label: 'Successive halving' },
        ]}
      />
      {search === null ? null : (
        <>
          <NumberInput
            {...wrapper}
            label="First epochs"
            description="All runs are trained for so many; Epochs below are for the best."
            value={search.firstEpochs}
            onChange={(value) => onChange({ ...search, firstEpochs: whole(value, 1) })}
            min={1}
            allowDecimal={false}
          />
          <NumberInput
            {...wrapper}
            label="Keep one of"
            description={`By the smallest ${scoredLoss(configs).toLowerCase()}, with so many times the epochs.`}
            value={search.eta}
            onChange={(value) => onChange({ ...search, eta: Math.min(10, whole(value, 2)) })}
            min={2}
            max={10}
            allowDecimal={false}
          />
          {problem !== null ? (
            <Alert className={classes.wide ?? ''} color="red" variant="light" role="alert" p="xs">
              {problem}
            </Alert>
          ) : rungs ? (
            <p className={classes.wide} data-testid="rungs">
              {describeRungs(rungs)}
            </p>
          ) : null}
        </>
      )}
    </>
  )
}
