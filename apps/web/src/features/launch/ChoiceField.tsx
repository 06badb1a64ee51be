'use client'

import type { FieldDescription } from '@hourglass/autoencoders'
import { Input, SegmentedControl } from '@mantine/core'
import type { FieldProps } from './FieldProps'
import type { FormChoice } from './formValue'
import classes from './LaunchForm.module.css'
import { ObjectFields } from './ObjectFields'

type ChoiceDescription = Extract<FieldDescription, { type: 'choice' }>

/** Offers the variants of a choice side by side, and the settings of the chosen one under them. */
export function ChoiceField({ field, path, value, onChange, form }: FieldProps<ChoiceDescription, FormChoice>) {
  const kinds = Object.entries(field.variants)
  const variant = field.variants[value.kind]
  return (
    <div className={classes.choice}>
      {kinds.length > 1 ? (
        <Input.Wrapper
          label={path.includes('.') ? field.title : undefined}
          description={variant?.description}
          error={form.errors[path]}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          labelElement="div"
        >
          <SegmentedControl
            size="xs"
            aria-label={field.title}
            value={value.kind}
            onChange={(kind) => onChange({ ...value, kind })}
            data={kinds.map(([kind, { title }]) => ({ value: kind, label: title }))}
            className={classes.segments ?? ''}
          />
        </Input.Wrapper>
      ) : null}
      {variant ? (
        <div className={classes.fields}>
          <ObjectFields
            key={value.kind}
            field={variant}
            path={path}
            value={value.variants[value.kind] ?? {}}
            onChange={(next) =>
              onChange({ ...value, variants: { ...value.variants, [value.kind]: next as FormChoice['variants'][string] } })
            }
            form={form}
          />
        </div>
      ) : null}
    </div>
  )
}
