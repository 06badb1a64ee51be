'use client'

import type { FieldDescription, ObjectDescription } from '@hourglass/autoencoders'
import { Input, SegmentedControl } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { DatasetField } from './DatasetField'
import { DifferingField } from './DifferingField'
import { EngineField } from './EngineField'
import { EnumField } from './EnumField'
import type { FieldProps } from './FieldProps'
import { FieldTitle } from './FieldTitle'
import { FixedField } from './FixedField'
import type { FormChoice, FormObject } from './formValue'
import classes from './LaunchForm.module.css'
import { ListField } from './ListField'
import { NumberField } from './NumberField'
import { UnusedField } from './UnusedField'

type ChoiceDescription = Extract<FieldDescription, { type: 'choice' }>

/** Draws the control that suits a field's type, or why it would have no effect. */
export function ConfigField({ field, value, ...rest }: FieldProps) {
  const reason = rest.form.unused[rest.path]
  if (reason !== undefined) return <UnusedField title={field.title} path={rest.path} reason={reason} />
  if (isFixed(rest.path, rest.form.free)) return <FixedField field={field} path={rest.path} value={value} />
  const difference = rest.form.differing.get(rest.path)
  if (difference) return <DifferingField difference={difference} onUnify={() => rest.form.onUnify(rest.path)} />
  switch (field.type) {
    case 'object':
      return <ObjectFields field={field} value={value as FormObject} {...rest} />
    case 'choice':
      return <ChoiceField field={field} value={value as FormChoice} {...rest} />
    case 'enum':
      if (field.options === 'datasets') return <DatasetField field={field} value={String(value)} {...rest} />
      if (field.availability === 'engines') return <EngineField field={field} value={String(value)} {...rest} />
      return <EnumField field={field} value={String(value)} {...rest} />
    case 'list':
      return <ListField field={field} value={String(value)} {...rest} />
    case 'integer':
    case 'number':
      return <NumberField field={field} value={String(value)} {...rest} />
    default:
      throw new TypeError(`${rest.path}: no control for ${(field satisfies never as FieldDescription).type}`)
  }
}

/** Whether neither a setting, nor what it is in, nor anything in it may be changed. */
function isFixed(path: string, free: readonly string[] | null): boolean {
  return free !== null && !free.some((each) => each === path || each.startsWith(`${path}.`) || path.startsWith(`${each}.`))
}

/** Draws an object's fields; the advanced ones are folded away until they are wanted, or wrong. */
function ObjectFields({ field, path, value, onChange, form }: FieldProps<ObjectDescription, FormObject>) {
  const [isOpen, setIsOpen] = useState(false)
  const panel = useId()
  const entries = Object.entries(field.fields)
  const usual = entries.filter(([, { advanced }]) => !advanced)
  const advanced = entries.filter(([, child]) => child.advanced)
  const isWrong = advanced.some(([name]) => Object.keys(form.errors).some((key) => key.startsWith(path ? `${path}.${name}` : name)))
  const shown = isOpen || isWrong
  const draw = ([name, child]: (typeof entries)[number]) => (
    <ConfigField
      key={name}
      field={child}
      path={path ? `${path}.${name}` : name}
      value={value[name] ?? ''}
      onChange={(next) => onChange({ ...value, [name]: next })}
      form={form}
    />
  )
  return (
    <>
      {usual.map(draw)}
      {advanced.length > 0 ? (
        <div className={classes.wide}>
          <button
            type="button"
            className={classes.disclosure}
            aria-expanded={shown}
            aria-controls={panel}
            onClick={() => setIsOpen(!shown)}
          >
            <IconChevronRight size={14} className={classes.chevron} />
            Advanced
            <span className={classes.disclosed}>{advanced.map(([, { title }]) => title.toLowerCase()).join(', ')}</span>
          </button>
          <div id={panel} hidden={!shown} className={classes.fields}>
            {shown ? advanced.map(draw) : null}
          </div>
        </div>
      ) : null}
    </>
  )
}

/** Offers the variants of a choice side by side, and the settings of the chosen one under them. */
function ChoiceField({ field, path, value, onChange, form }: FieldProps<ChoiceDescription, FormChoice>) {
  const kinds = Object.entries(field.variants)
  const variant = field.variants[value.kind]
  // A setting of the chosen variant may be free without the choice.
  const mayChoose = form.free === null || form.free.some((each) => path === each || path.startsWith(`${each}.`))
  return (
    <div className={classes.choice}>
      {kinds.length > 1 && mayChoose ? (
        <Input.Wrapper
          label={path.includes('.') ? <FieldTitle title={field.title} path={path} /> : undefined}
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
