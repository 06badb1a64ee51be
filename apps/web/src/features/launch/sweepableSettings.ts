import { type FieldDescription, toLabel } from '@hourglass/autoencoders'
import type { FormChoice, FormObject, FormValue } from './formValue'
import { unusedInForm } from './unusedInForm'

export interface SweepableSetting {
  readonly path: string
  readonly title: string
  /** Title of the part of the configuration that it is in. */
  readonly group: string
  /** What it can be, where that is a list to choose from. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | null
  /** Whether one value is itself a list of numbers. */
  readonly isList: boolean
  /** What kind of number it is; null where it is none. */
  readonly numeric: 'integer' | 'number' | null
  /** Of its numbers. */
  readonly scale: 'linear' | 'log'
  /** What it is called where there is little room. */
  readonly alias: string
}

/** Lists the settings of a form that can take several values: those of the variants that are chosen, without those that have no effect. */
export function sweepableSettings(schema: FieldDescription, form: FormObject): readonly SweepableSetting[] {
  if (schema.type !== 'object') return []
  const unused = unusedInForm(form, [])
  return Object.entries(schema.fields)
    .flatMap(([name, field]) => settingsOf(field, form[name] ?? '', { path: name, group: field.title }))
    .filter(({ path }) => !Object.keys(unused).some((each) => path === each || path.startsWith(`${each}.`)))
}

interface Place {
  readonly path: string
  readonly group: string
}

function settingsOf(field: FieldDescription, form: FormValue, { path, group }: Place): readonly SweepableSetting[] {
  const members = (fields: Readonly<Record<string, FieldDescription>>, values: FormObject) =>
    Object.entries(fields).flatMap(([name, child]) => settingsOf(child, values[name] ?? '', { path: `${path}.${name}`, group }))
  if (field.type === 'object') return members(field.fields, form as FormObject)
  const setting = {
    path,
    title: field.title,
    group,
    isList: field.type === 'list',
    numeric: field.type === 'integer' || field.type === 'number' ? field.type : null,
    scale: field.scale ?? ('linear' as const),
    alias: field.alias ?? path.slice(path.lastIndexOf('.') + 1),
  }
  if (field.type === 'choice') {
    const { kind, variants } = form as FormChoice
    const options = Object.entries(field.variants).map(([value, { title }]) => ({ value, label: title }))
    const chosen = field.variants[kind]
    return [...(options.length > 1 ? [{ ...setting, options }] : []), ...(chosen ? members(chosen.fields, variants[kind] ?? {}) : [])]
  }
  const options = field.type === 'enum' ? field.values.map((value) => ({ value, label: toLabel(value) })) : null
  return [{ ...setting, options }]
}
