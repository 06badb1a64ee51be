'use client'

import type { FieldDescription } from '@hourglass/autoencoders'
import { Select } from '@mantine/core'
import { formatCount } from '../../ui/formatQuantity'
import type { FieldProps } from './FieldProps'
import { FieldTitle } from './FieldTitle'
import classes from './LaunchForm.module.css'

/** Offers the data sets of this machine; one that is missing says how to get it. */
export function DatasetField({ field, path, value, onChange, form }: FieldProps<Extract<FieldDescription, { type: 'enum' }>, string>) {
  const known = new Map(form.datasets.map((dataset) => [dataset.id, dataset]))
  const chosen = known.get(value)
  const missing = form.datasets.filter(({ available }) => !available)
  return (
    <div className={classes.wide}>
      <Select
        size="xs"
        label={<FieldTitle title={field.title} path={path} />}
        description={chosen?.description ?? field.description}
        error={form.errors[path]}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        data={field.values.map((id) => ({ value: id, label: known.get(id)?.title ?? id, disabled: known.get(id)?.available === false }))}
        value={value}
        onChange={(next) => {
          if (next === null) return
          onChange(next)
          form.onLeave(path)
        }}
        allowDeselect={false}
        checkIconPosition="right"
        renderOption={({ option }) => {
          const dataset = known.get(option.value)
          return (
            <span className={classes.option}>
              {option.label}
              <span className={classes.optionFacts}>
                {dataset?.available === false
                  ? 'not on this machine'
                  : dataset
                    ? `${formatCount(dataset.trainCount)} + ${formatCount(dataset.testCount)}`
                    : ''}
              </span>
            </span>
          )
        }}
      />
      {missing.map(({ id, title, howToGet }) => (
        <p key={id} className={classes.hint}>
          {title} is not on this machine. {howToGet}
        </p>
      ))}
    </div>
  )
}
