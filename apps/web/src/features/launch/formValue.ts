import { DISCRIMINATOR, type FieldDescription, type ObjectDescription } from '@hourglass/autoencoders'

/** What the controls of a form hold: text as typed, so that nothing typed is lost because it does not parse yet. */
export type FormValue = string | FormObject | FormChoice
export interface FormObject {
  readonly [name: string]: FormValue
}
/** Keeps the settings of every variant, so that trying another one and coming back loses nothing. */
export interface FormChoice {
  readonly kind: string
  readonly variants: { readonly [kind: string]: FormObject }
}

type Json = Readonly<Record<string, unknown>>

/** Fills the controls for a field from a configuration; what it leaves out takes the schema's default. */
export function toFormValue(field: FieldDescription, value: unknown): FormValue {
  const given = value === undefined ? field.default : value
  switch (field.type) {
    case 'object':
      return toFormObject(field, given)
    case 'choice': {
      const kind = String((given as Json | undefined)?.[DISCRIMINATOR] ?? Object.keys(field.variants)[0])
      const variants = Object.entries(field.variants).map(([name, variant]) => [
        name,
        toFormObject(variant, name === kind ? given : undefined),
      ])
      return { kind, variants: Object.fromEntries(variants) }
    }
    case 'list':
      return Array.isArray(given) ? given.join(', ') : ''
    default:
      return given === null || given === undefined ? '' : String(given)
  }
}

/** Reads a configuration from the controls. What does not parse passes as typed, for the validation to refuse by name. */
export function fromFormValue(field: FieldDescription, form: FormValue): unknown {
  switch (field.type) {
    case 'object':
      return fromFormObject(field, form as FormObject)
    case 'choice': {
      const { kind, variants } = form as FormChoice
      const variant = field.variants[kind]
      return { [DISCRIMINATOR]: kind, ...(variant ? fromFormObject(variant, variants[kind] ?? {}) : {}) }
    }
    case 'list':
      return String(form)
        .split(/[\s,;]+/)
        .filter(Boolean)
        .map((text) => fromFormValue(field.item, text))
    case 'enum':
      return form
    default:
      return parseNumber(String(form))
  }
}

/** Finds the field that a validation issue belongs to: the longest beginning of its path that names a control. */
export function fieldPathOf(root: FieldDescription, path: readonly (string | number)[]): string {
  const names: string[] = []
  let container: FieldDescription | undefined = root
  for (const key of path) {
    const child: FieldDescription | undefined = childrenOf(container)[String(key)]
    if (!child) break
    names.push(String(key))
    container = child
  }
  return names.join('.')
}

function childrenOf(field: FieldDescription | undefined): Readonly<Record<string, FieldDescription>> {
  if (field?.type === 'object') return field.fields
  if (field?.type !== 'choice') return {}
  return Object.assign({}, ...Object.values(field.variants).map(({ fields }) => fields))
}

function toFormObject({ fields }: ObjectDescription, value: unknown): FormObject {
  const given = (value ?? {}) as Json
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, toFormValue(field, given[name])]))
}

function fromFormObject({ fields }: ObjectDescription, form: FormObject): Json {
  return Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, fromFormValue(field, form[name] ?? '')]))
}

/** An empty field is null, which only the fields that may be empty accept. */
function parseNumber(text: string): number | string | null {
  const trimmed = text.trim()
  if (trimmed === '') return null
  const number = Number(trimmed)
  return Number.isNaN(number) ? trimmed : number
}
