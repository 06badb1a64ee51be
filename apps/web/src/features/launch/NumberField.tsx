'use client'

import { TextInput, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { FieldProps } from './FieldProps'
import { FieldTitle } from './FieldTitle'
import classes from './LaunchForm.module.css'
import { type NumberDescription, stepNumber } from './stepNumber'

/** Takes a number as people write it, `1e-3` too; the arrow keys step in the way the quantity moves. */
export function NumberField({ field, path, value, onChange, form }: FieldProps<NumberDescription, string>) {
  const step = (direction: 1 | -1) => onChange(stepNumber(field, value, direction))
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
    event.preventDefault()
    step(event.key === 'ArrowUp' ? 1 : -1)
  }
  return (
    <TextInput
      size="xs"
      label={<FieldTitle title={field.title} path={path} />}
      description={field.description}
      error={form.errors[path]}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      inputMode={field.type === 'integer' ? 'numeric' : 'decimal'}
      autoComplete="off"
      placeholder={form.whenEmpty[path] ?? field.whenEmpty}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => form.onLeave(path)}
      onKeyDown={onKeyDown}
      rightSectionWidth={field.unit ? 96 : 26}
      rightSectionPointerEvents="all"
      rightSection={
        <span className={classes.numberEnd}>
          {field.unit ? <span className={classes.unit}>{field.unit}</span> : null}
          {/* The arrow keys do the same, so the keyboard needs no stop here. */}
          <span className={classes.steps} aria-hidden="true">
            <UnstyledButton tabIndex={-1} className={classes.step ?? ''} onClick={() => step(1)}>
              <IconChevronUp size={11} />
            </UnstyledButton>
            <UnstyledButton tabIndex={-1} className={classes.step ?? ''} onClick={() => step(-1)}>
              <IconChevronDown size={11} />
            </UnstyledButton>
          </span>
        </span>
      }
    />
  )
}
