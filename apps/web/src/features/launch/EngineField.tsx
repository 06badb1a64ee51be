'use client'

import { type FieldDescription, toConstantCase, toLabel } from '@hourglass/autoencoders'
import { Select } from '@mantine/core'
import { engineHints } from './engineHints'
import type { FieldProps } from './FieldProps'
import { FieldTitle } from './FieldTitle'
import classes from './LaunchForm.module.css'

/** Offers the engines of this machine; one that is missing, or runs slower than it could, says why. */
export function EngineField({ field, path, value, onChange, form }: FieldProps<Extract<FieldDescription, { type: 'enum' }>, string>) {
  const known = new Map(form.engines.map((engine) => [engine.name, engine]))
  return (
    <div className={classes.wide}>
      <Select
        size="xs"
        label={<FieldTitle title={field.title} path={path} />}
        description={field.description}
        error={form.errors[path]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={field.values.map((name) => ({
          value: name,
          label: toLabel(name),
          disabled: known.get(toConstantCase(name))?.available === false,
        }))}
        value={value}
        onChange={(next) => {
          if (next === null) return
          onChange(next)
          form.onLeave(path)
        }}
        allowDeselect={false}
        checkIconPosition="right"
      />
      {engineHints(field.values, form.engines).map((hint) => (
        <p key={hint} className={classes.hint}>
          {hint}
        </p>
      ))}
    </div>
  )
}
