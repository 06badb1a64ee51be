'use client'

import type { FieldDescription } from '@hourglass/autoencoders'
import { TextInput } from '@mantine/core'
import type { FieldProps } from './FieldProps'
import { FieldTitle } from './FieldTitle'

/** Takes a list of numbers, separated by commas or spaces. */
export function ListField({ field, path, value, onChange, form }: FieldProps<Extract<FieldDescription, { type: 'list' }>, string>) {
  return (
    <TextInput
      size="xs"
      label={<FieldTitle title={field.title} path={path} />}
      description={field.description}
      error={form.errors[path]}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      placeholder="none, or for example 512, 128"
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={() => form.onLeave(path)}
    />
  )
}
