'use client'

import { ActionIcon, Button, Radio, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Difference } from './formRuns'
import classes from './LaunchForm.module.css'
import runsClasses from './RunsField.module.css'
import type { LaunchFormRuns } from './useLaunchForm'

/** Labels may have 80 characters; those of seeds are added to them. */
const MOST_OF_A_LABEL = 66

interface RunsFieldProps {
  readonly runs: LaunchFormRuns
  readonly showsProblem: boolean
  /** With how many seeds each is trained. */
  readonly seeds: ReactNode
  /** Whether there are no others than these, under these names. @default false */
  readonly areFixed?: boolean
}

/** Lists the runs of an experiment with what each has of its own, and chooses whether one is edited or all. */
export function RunsField({ runs, showsProblem, seeds, areFixed = false }: RunsFieldProps) {
  const { all, shown, differences, problem, show, rename, add, remove } = runs
  return (
    <fieldset className={classes.section}>
      <legend className={classes.legend}>Runs</legend>
      <p className={classes.about}>
        What is typed below goes to all runs, or to the one that is chosen. They are launched as an experiment.
      </p>
      <div className={classes.fields}>
        <div className={runsClasses.runs} role="radiogroup" aria-label="Runs that are edited">
          <Radio size="xs" label={`All ${all.length} runs`} checked={shown === null} onChange={() => show(null)} />
          {all.map(({ label }, index) => (
            // A run has no identity but its place while it is being named.
            // biome-ignore lint/suspicious/noArrayIndexKey: names are being typed.
            <div key={index} className={runsClasses.run}>
              <Radio
                size="xs"
                aria-label={`Edit run ${index + 1}, ${label}, alone`}
                checked={shown === index}
                onChange={() => show(index)}
              />
              <TextInput
                size="xs"
                aria-label={`Name of run ${index + 1}`}
                maxLength={MOST_OF_A_LABEL}
                value={label}
                readOnly={areFixed}
                onChange={({ currentTarget }) => rename(index, currentTarget.value)}
              />
              <span className={runsClasses.own}>{ownOf(differences, index)}</span>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={`Leave out run ${index + 1}, ${label}`}
                disabled={areFixed || all.length === 1}
                onClick={() => remove(index)}
              >
                <IconX size={14} />
              </ActionIcon>
            </div>
          ))}
          {showsProblem && problem !== null ? (
            <p className={runsClasses.problem} role="alert">
              {problem}
            </p>
          ) : null}
          {areFixed ? null : (
            <Button
              className={runsClasses.more ?? ''}
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPlus size={12} />}
              onClick={add}
            >
              {shown === null ? 'Add a run' : 'Add a run like this one'}
            </Button>
          )}
        </div>
        {seeds}
      </div>
    </fieldset>
  )
}

/** What one run has of its own, in a line. */
function ownOf(differences: readonly Difference[], index: number): string {
  return differences
    .flatMap(({ title, values }) => {
      const value = values[index]
      return value === null || value === undefined ? [] : [`${title} ${value === '' ? 'all' : value}`]
    })
    .join(', ')
}
