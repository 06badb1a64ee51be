import { type ConfigIssue, type FieldDescription, type RunConfig, toLabel, validateRunConfig, withoutUnused } from '@hourglass/autoencoders'
import { type FormChoice, type FormObject, type FormValue, fromFormValue } from './formValue'
import { unusedInForm } from './unusedInForm'

/** One setting and the values that it is to take, as typed. */
export interface Sweep {
  /** `architecture.latentDimension`, or that of a choice, `optimizer`. */
  readonly path: string
  readonly values: readonly string[]
}

export interface SweepableSetting {
  readonly path: string
  readonly title: string
  /** Title of the part of the configuration that it is in. */
  readonly group: string
  /** What it can be, where that is a list to choose from. */
  readonly options: readonly { readonly value: string; readonly label: string }[] | null
  /** Whether one value is itself a list of numbers. */
  readonly isList: boolean
}

export interface SweptRun {
  readonly label: string
  readonly result: { readonly config: RunConfig } | { readonly issues: readonly ConfigIssue[] }
}

/** Lists the settings of a form that can take several values: those of the variants that are chosen, without those that have no effect. */
export function sweepableSettings(schema: FieldDescription, form: FormObject): readonly SweepableSetting[] {
  if (schema.type !== 'object') return []
  const unused = unusedInForm(form, null)
  return Object.entries(schema.fields)
    .flatMap(([name, field]) => settingsOf(field, form[name] ?? '', { path: name, group: field.title }))
    .filter(({ path }) => !Object.keys(unused).some((each) => path === each || path.startsWith(`${each}.`)))
}

/** Makes the run of each value, checked. */
export function sweepRuns(schema: FieldDescription, form: FormObject, sweep: Sweep): readonly SweptRun[] {
  const setting = sweepableSettings(schema, form).find(({ path }) => path === sweep.path)
  if (!setting) return []
  return sweep.values.map((value) => {
    const shown = setting.options?.find((option) => option.value === value)?.label ?? value
    const changed = withSetting(schema, form, { names: sweep.path.split('.'), text: value })
    return { label: `${setting.title} = ${shown}`, result: validateRunConfig(withoutUnused(fromFormValue(schema, changed))) }
  })
}

interface Place {
  readonly path: string
  readonly group: string
}

function settingsOf(field: FieldDescription, form: FormValue, { path, group }: Place): readonly SweepableSetting[] {
  const members = (fields: Readonly<Record<string, FieldDescription>>, values: FormObject) =>
    Object.entries(fields).flatMap(([name, child]) => settingsOf(child, values[name] ?? '', { path: `${path}.${name}`, group }))
  if (field.type === 'object') return members(field.fields, form as FormObject)
  const setting = { path, title: field.title, group, isList: field.type === 'list' }
  if (field.type === 'choice') {
    const { kind, variants } = form as FormChoice
    const options = Object.entries(field.variants).map(([value, { title }]) => ({ value, label: title }))
    const chosen = field.variants[kind]
    return [...(options.length > 1 ? [{ ...setting, options }] : []), ...(chosen ? members(chosen.fields, variants[kind] ?? {}) : [])]
  }
  const options = field.type === 'enum' ? field.values.map((value) => ({ value, label: field.options ? value : toLabel(value) })) : null
  return [{ ...setting, options }]
}

function withSetting(field: FieldDescription, form: FormValue, { names, text }: { names: readonly string[]; text: string }): FormValue {
  const [name, ...rest] = names
  if (field.type === 'choice') {
    const { kind, variants } = form as FormChoice
    const variant = field.variants[kind]
    if (name === undefined) return { kind: text, variants }
    return variant
      ? { kind, variants: { ...variants, [kind]: withSetting(variant, variants[kind] ?? {}, { names, text }) as FormObject } }
      : form
  }
  const child = field.type === 'object' && name !== undefined ? field.fields[name] : undefined
  if (!child || name === undefined) return text
  return { ...(form as FormObject), [name]: withSetting(child, (form as FormObject)[name] ?? '', { names: rest, text }) }
}
