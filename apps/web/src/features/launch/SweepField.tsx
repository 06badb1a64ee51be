'use client'

import { MultiSelect, Select, TagsInput } from '@mantine/core'
import { SeedsField } from '../../entities/experiment/SeedsField'
import classes from './LaunchForm.module.css'
import type { Sweep, SweepableSetting } from './sweep'

export interface SweepFieldProps {
  readonly settings: readonly SweepableSetting[]
  readonly sweep: Sweep | null
  readonly onChange: (sweep: Sweep | null) => void
  /** What is wrong with the values. */
  readonly problem: string | undefined
  /** With how many seeds each run is trained; null for the one of its configuration. */
  readonly seeds: number | null
  readonly onSeeds: (seeds: number | null) => void
}

/** Offers to launch a run for each of several values of one setting. */
export function SweepField({ settings, sweep, onChange, problem, seeds, onSeeds }: SweepFieldProps) {
  const groups = [...new Set(settings.map(({ group }) => group))]
  const chosen = settings.find(({ path }) => path === sweep?.path)
  const values = {
    size: 'xs' as const,
    label: 'Values',
    error: problem,
    inputWrapperOrder: ['label', 'input', 'description', 'error'] as ('label' | 'input' | 'description' | 'error')[],
    value: [...(sweep?.values ?? [])],
    onChange: (next: string[]) => sweep && onChange({ ...sweep, values: next }),
  }
  return (
    <fieldset className={classes.section}>
      <legend className={classes.legend}>Sweep</legend>
      <p className={classes.about}>Several values of one setting, or several seeds, a run for each, launched as an experiment.</p>
      <div className={classes.fields}>
        <Select
          size="xs"
          label="Vary"
          description="The setting’s own field does not count then."
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder="Nothing: a single run"
          data={groups.map((group) => ({
            group,
            items: settings.filter((setting) => setting.group === group).map(({ path, title }) => ({ value: path, label: title })),
          }))}
          value={chosen?.path ?? null}
          onChange={(path) => onChange(path === null ? null : { path, values: [] })}
          searchable
          clearable
          checkIconPosition="right"
        />
        {chosen?.options ? (
          <MultiSelect {...values} data={chosen.options.map(({ value, label }) => ({ value, label }))} description="One run for each." />
        ) : chosen ? (
          <TagsInput
            {...values}
            splitChars={chosen.isList ? [';'] : [',', ';', ' ']}
            placeholder={sweep?.values.length ? '' : chosen.isList ? '512, 128; 256' : '2, 8, 32'}
            description={chosen.isList ? 'One run for each; a semicolon ends a list.' : 'One run for each; a comma ends a number.'}
          />
        ) : null}
        <SeedsField
          seeds={seeds}
          onChange={onSeeds}
          placeholder="The one below"
          description="Each run with so many seeds, from 1: means and how far they spread."
        />
      </div>
    </fieldset>
  )
}
