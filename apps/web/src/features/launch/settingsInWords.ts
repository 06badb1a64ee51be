import { type FieldDescription, toLabel } from '@hourglass/autoencoders'
import type { FormChoice, FormObject, FormValue } from './formValue'

export interface SettingInWords {
  readonly path: string
  readonly title: string
  readonly value: string
}

/** Lists the settings of a part of the form as they are, without those that are left to the lab. */
export function settingsInWords(field: FieldDescription, value: FormValue, path: string): readonly SettingInWords[] {
  const members = (fields: Readonly<Record<string, FieldDescription>>, values: FormObject) =>
    Object.entries(fields).flatMap(([name, child]) => settingsInWords(child, values[name] ?? '', `${path}.${name}`))
  if (field.type === 'object') return members(field.fields, value as FormObject)
  const { title } = field
  if (field.type === 'choice') {
    const { kind, variants } = value as FormChoice
    const variant = field.variants[kind]
    const chosen = Object.keys(field.variants).length > 1 ? [{ path, title, value: variant?.title ?? kind }] : []
    return [...chosen, ...(variant ? members(variant.fields, variants[kind] ?? {}) : [])]
  }
  const text = String(value)
  if (text === '') return []
  return [{ path, title, value: field.type === 'enum' ? toLabel(text) : text }]
}
