import { type FieldDescription, toLabel } from '@hourglass/autoencoders'
import type { FormChoice, FormObject, FormValue } from './formValue'

/** One run of the form. */
export interface FormRun {
  /** What tells it from the others. */
  readonly label: string
  /** Its settings as typed. */
  readonly value: FormObject
}

/** A setting in which runs differ. */
export interface Difference {
  readonly path: string
  readonly title: string
  /** What each run has there, in the order of the runs; null where what it has chosen does not have the setting. */
  readonly values: readonly (string | null)[]
}

/** Does to a form what turned `before` into `after`: what was changed there is changed here, and nothing else. */
export function applyChange(target: FormValue, before: FormValue, after: FormValue): FormValue {
  if (typeof after === 'string' || typeof before === 'string' || typeof target === 'string') return before === after ? target : after
  const [to, from, here] = [after, before, target] as readonly Readonly<Record<string, FormValue>>[]
  return Object.fromEntries(
    Object.keys(here ?? {}).map((name) => [name, applyChange(here?.[name] ?? '', from?.[name] ?? '', to?.[name] ?? '')]),
  )
}

/** Lists the settings in which forms differ, in the order of the schema. */
export function differencesOf(schema: FieldDescription, values: readonly FormValue[], path = ''): readonly Difference[] {
  const here = (said: readonly (string | null)[]): readonly Difference[] =>
    new Set(said).size > 1 ? [{ path, title: schema.title, values: said }] : []
  switch (schema.type) {
    case 'object':
      return Object.entries(schema.fields).flatMap(([name, field]) =>
        differencesOf(
          field,
          values.map((value) => (value as FormObject)[name] ?? ''),
          join(path, name),
        ),
      )
    case 'choice': {
      const kinds = values.map((value) => (value as FormChoice).kind)
      const variants = Object.entries(schema.variants).flatMap(([kind, variant]) => {
        const having = values.map((value, index) => (kinds[index] === kind ? ((value as FormChoice).variants[kind] ?? {}) : null))
        return differencesOfVariant(variant.fields, having, path)
      })
      return [...here(kinds.map((kind) => schema.variants[kind]?.title ?? kind)), ...variants]
    }
    case 'enum':
      return here(values.map((value) => toLabel(String(value))))
    default:
      return here(values.map(String))
  }
}

/** The same of the settings of one variant; runs that have chosen another one have none of them. */
function differencesOfVariant(
  fields: Readonly<Record<string, FieldDescription>>,
  values: readonly (FormObject | null)[],
  path: string,
): readonly Difference[] {
  const having = values.filter((value) => value !== null)
  return Object.entries(fields).flatMap(([name, field]) =>
    differencesOf(
      field,
      having.map((value) => value[name] ?? ''),
      join(path, name),
    ).map((difference) => {
      const said = [...difference.values]
      return { ...difference, values: values.map((value) => (value === null ? null : (said.shift() ?? null))) }
    }),
  )
}

/** Gives all forms, at one setting, what the first of them has there. */
export function unify(values: readonly FormObject[], path: string): readonly FormObject[] {
  const [first, ...rest] = values
  if (!first) return values
  return [first, ...rest.map((value) => copySetting(first, value, path.split('.')) as FormObject)]
}

function copySetting(from: FormValue, to: FormValue, [name, ...rest]: readonly string[]): FormValue {
  if (typeof from === 'string' || typeof to === 'string') return from
  if (isChoice(from) && isChoice(to)) {
    if (name === undefined) return { kind: from.kind, variants: { ...to.variants, [from.kind]: from.variants[from.kind] ?? {} } }
    const variant = copySetting(from.variants[from.kind] ?? {}, to.variants[from.kind] ?? {}, [name, ...rest])
    return { kind: to.kind, variants: { ...to.variants, [from.kind]: variant as FormObject } }
  }
  if (name === undefined) return from
  const [source, target] = [from as FormObject, to as FormObject]
  return { ...target, [name]: copySetting(source[name] ?? '', target[name] ?? '', rest) }
}

const isChoice = (value: FormObject | FormChoice): value is FormChoice =>
  typeof value.kind === 'string' && typeof value.variants === 'object'

const join = (path: string, name: string) => (path === '' ? name : `${path}.${name}`)

/** Says what is wrong with the labels of several runs; null where nothing is. */
export function labelProblem(runs: readonly FormRun[]): string | null {
  const labels = runs.map(({ label }) => label.trim())
  const unnamed = labels.indexOf('')
  if (unnamed >= 0) return `Run ${unnamed + 1} needs a name that tells it from the others.`
  const twice = labels.find((label, index) => labels.indexOf(label) !== index)
  return twice === undefined ? null : `Two runs are called “${twice}”. Give each a name of its own.`
}

/** A name that no run has yet. */
export function freeLabel(runs: readonly FormRun[], wanted: string): string {
  const taken = new Set(runs.map(({ label }) => label.trim()))
  for (let count = 2; ; count++) {
    const label = `${wanted.trim() || 'run'} ${count}`
    if (!taken.has(label)) return label
  }
}
