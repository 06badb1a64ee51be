'use client'

import { Button, NumberInput, SegmentedControl } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { SeedsField } from '../../entities/experiment/SeedsField'
import classes from './LaunchForm.module.css'
import { SweepAxisField } from './SweepAxisField'
import sweepClasses from './SweepField.module.css'
import type { TypedAxis } from './sweepAxes'
import type { SweepableSetting } from './sweepableSettings'
import { MOST_RUNS, type TypedSweep } from './sweepRuns'

export interface SweepFieldProps {
  readonly settings: readonly SweepableSetting[]
  readonly sweep: TypedSweep
  readonly onChange: (changes: Partial<TypedSweep>) => void
  /** What is wrong with the values of one of the settings. */
  readonly problem: { readonly path: string; readonly message: string } | null
  /** With how many seeds each run is trained; null for the one of its configuration. */
  readonly seeds: number | null
  readonly onSeeds: (seeds: number | null) => void
  /** How the best of several runs is searched for. */
  readonly search: ReactNode
  /** Makes a list of runs of the one, which then differ in whatever is changed of each. */
  readonly onList: () => void
}

const USUAL_DRAWS = 20

/** Offers to launch runs of several values of settings: all combinations, or some that are drawn at random. */
export function SweepField({ settings, sweep, onChange, problem, seeds, onSeeds, search, onList }: SweepFieldProps) {
  const { axes, draws, drawSeed } = sweep
  const known = axes.filter(({ path }) => settings.some((setting) => setting.path === path))
  const [isAdding, setAdding] = useState(false)
  const rows: readonly (TypedAxis | null)[] = known.length === 0 || isAdding ? [...known, null] : known
  const change = (place: number, axis: TypedAxis | null) => {
    const next = [...known]
    next.splice(place, 1, ...(axis ? [axis] : []))
    setAdding(false)
    onChange({ axes: next, ...(next.length === 0 ? { draws: null } : {}) })
  }
  const isRange = known.some(({ values }) => values.kind !== 'list')
  return (
    <fieldset className={classes.section}>
      <legend className={classes.legend}>Sweep</legend>
      <p className={classes.about}>Several values of settings, or several seeds, a run for each, launched as an experiment.</p>
      <div className={classes.fields}>
        <div className={sweepClasses.axes}>
          {rows.map((axis, place) => (
            <SweepAxisField
              key={axis?.path ?? 'none'}
              settings={settings.filter(({ path }) => path === axis?.path || !known.some((each) => each.path === path))}
              axis={axis}
              onChange={(next) => change(place, next)}
              isDrawn={draws !== null}
              isFirst={place === 0}
              problem={axis !== null && problem?.path === axis.path ? problem.message : undefined}
            />
          ))}
          {known.length > 0 && !isAdding ? (
            <Button
              className={sweepClasses.more ?? ''}
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={12} />}
              onClick={() => setAdding(true)}
            >
              Vary another setting
            </Button>
          ) : null}
          {known.length === 0 ? (
            <Button
              className={sweepClasses.more ?? ''}
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={12} />}
              onClick={onList}
            >
              List runs one by one
            </Button>
          ) : null}
        </div>
        {known.length > 1 || isRange || draws !== null ? (
          <SegmentedControl
            size="xs"
            className={classes.wide ?? ''}
            aria-label="Combinations"
            value={draws === null ? 'all' : 'random'}
            onChange={(next) => onChange({ draws: next === 'all' ? null : USUAL_DRAWS })}
            data={[
              { value: 'all', label: 'Every combination' },
              { value: 'random', label: 'Random draws' },
            ]}
          />
        ) : null}
        {draws === null ? null : (
          <>
            <NumberInput
              size="xs"
              label="Draws"
              description="Ranges are drawn from evenly on their scale, lists value by value."
              inputWrapperOrder={['label', 'input', 'description']}
              value={draws}
              onChange={(value) => onChange({ draws: typeof value === 'number' ? Math.min(MOST_RUNS, Math.max(1, Math.round(value))) : 1 })}
              min={1}
              max={MOST_RUNS}
              allowDecimal={false}
            />
            <NumberInput
              size="xs"
              label="Seed of the draws"
              description="The same seed draws the same values again."
              inputWrapperOrder={['label', 'input', 'description']}
              value={drawSeed}
              onChange={(value) => onChange({ drawSeed: typeof value === 'number' ? Math.max(0, Math.round(value)) : 1 })}
              min={0}
              max={Number.MAX_SAFE_INTEGER}
              allowDecimal={false}
            />
          </>
        )}
        <SeedsField
          seeds={seeds}
          onChange={onSeeds}
          placeholder="The one below"
          description="Each run with so many seeds, from 1: means and how far they spread."
        />
        {known.length > 0 ? search : null}
      </div>
    </fieldset>
  )
}
