'use client'

import type { FieldDescription } from '@hourglass/autoencoders'
import { toLabel } from '@hourglass/autoencoders'
import { Input, SegmentedControl, Select } from '@mantine/core'
import type { FieldProps } from './FieldProps'
import { FieldTitle } from './FieldTitle'
import classes from './LaunchForm.module.css'

type EnumDescription = Extract<FieldDescription, { type: 'enum' }>

const MOST_SEGMENTS = 2

/** Offers the values of an enum: two side by side, more as a list. */
export function EnumField({ field, path, value, onChange, form }: FieldProps<EnumDescription, string>) {
  const data = field.values.map((name) => ({ value: name, label: toLabel(name) }))
  const change = (next: string | null) => {
    if (next === null) return
    onChange(next)
    form.onLeave(path)
  }
  if (data.length <= MOST_SEGMENTS) {
    return (
      <Input.Wrapper
        className={classes.wide ?? ''}
        label={path.includes('.') ? <FieldTitle title={field.title} path={path} /> : undefined}
        description={field.description}
        error={form.errors[path]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        labelElement="div"
      >
        <SegmentedControl
          size="xs"
          aria-label={field.title}
          value={value}
          onChange={change}
          data={data}
          className={classes.segments ?? ''}
        />
      </Input.Wrapper>
    )
  }
  return (
    <Select
      size="xs"
      label={<FieldTitle title={field.title} path={path} />}
      description={field.description}
      error={form.errors[path]}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={data}
      value={value}
      onChange={change}
      allowDeselect={false}
      checkIconPosition="right"
    />
  )
}
