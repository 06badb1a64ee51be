'use client'

import type { ObjectDescription } from '@hourglass/autoencoders'
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { ConfigField } from './ConfigField'
import type { FormContext } from './FieldProps'
import { FieldTitle } from './FieldTitle'
import type { FormObject, FormValue } from './formValue'
import classes from './LaunchForm.module.css'

export interface LaunchFormProps {
  /** The configuration schema; its fields are the form's sections. */
  readonly schema: ObjectDescription
  readonly value: FormObject
  readonly onChange: (value: FormValue) => void
  readonly name: string
  readonly onName: (name: string) => void
  /** What the name is for, and what stands in for it. */
  readonly nameHint: string
  readonly form: FormContext
  /** What makes several runs of the one. */
  readonly sweep: ReactNode
}

/** Draws the form of a whole configuration, a section for each part of the schema. */
export function LaunchForm({ schema, value, onChange, name, onName, nameHint, form, sweep }: LaunchFormProps) {
  return (
    <>
      <fieldset className={classes.section}>
        <legend className={classes.legend}>Name</legend>
        <div className={classes.fields}>
          <TextInput
            size="xs"
            className={classes.wide ?? ''}
            aria-label="Name"
            description={nameHint}
            inputWrapperOrder={['input', 'description']}
            maxLength={200}
            value={name}
            onChange={(event) => onName(event.currentTarget.value)}
          />
        </div>
      </fieldset>
      {sweep}
      {Object.entries(schema.fields).map(([key, field]) => {
        const isGroup = field.type === 'object' || field.type === 'choice'
        return (
          <fieldset key={key} className={classes.section}>
            <legend className={classes.legend}>
              {field.type === 'object' ? field.title : <FieldTitle title={field.title} path={key} />}
            </legend>
            {isGroup ? <p className={classes.about}>{field.description}</p> : null}
            <div className={classes.fields}>
              <ConfigField
                field={field}
                path={key}
                value={value[key] ?? ''}
                onChange={(next) => onChange({ ...value, [key]: next })}
                form={form}
              />
            </div>
          </fieldset>
        )
      })}
    </>
  )
}
