'use client'

import type { ObjectDescription } from '@hourglass/autoencoders'
import { IconChevronRight } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { ConfigField } from './ConfigField'
import type { FieldProps } from './FieldProps'
import type { FormObject } from './formValue'
import classes from './LaunchForm.module.css'

/** Draws an object's fields; the advanced ones are folded away until they are wanted, or wrong. */
export function ObjectFields({ field, path, value, onChange, form }: FieldProps<ObjectDescription, FormObject>) {
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
