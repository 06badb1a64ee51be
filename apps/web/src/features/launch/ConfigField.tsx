import type { FieldDescription } from '@hourglass/autoencoders'
import { ChoiceField } from './ChoiceField'
import { DatasetField } from './DatasetField'
import { EngineField } from './EngineField'
import { EnumField } from './EnumField'
import type { FieldProps } from './FieldProps'
import type { FormChoice, FormObject } from './formValue'
import { ListField } from './ListField'
import { NumberField } from './NumberField'
import { ObjectFields } from './ObjectFields'
import { UnusedField } from './UnusedField'

/** Draws the control that suits a field's type, or why it would have no effect. */
export function ConfigField({ field, value, ...rest }: FieldProps) {
  const reason = rest.form.unused[rest.path]
  if (reason !== undefined) return <UnusedField title={field.title} reason={reason} />
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
