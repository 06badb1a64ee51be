import {
  type Assignment,
  type ConfigIssue,
  countSweep,
  expandSweep,
  type FieldDescription,
  joinRunIssues,
  type RunConfig,
  validateRunConfig,
  withoutUnused,
} from '@hourglass/autoencoders'
import { type FormChoice, type FormObject, type FormValue, fromFormValue } from './formValue'
import { readAxis, type TypedAxis } from './sweepAxes'
import { type SweepableSetting, sweepableSettings } from './sweepableSettings'

/** A sweep as typed: what is varied, and how. */
export interface TypedSweep {
  readonly axes: readonly TypedAxis[]
  /** How many combinations are drawn at random; null for all. */
  readonly draws: number | null
  readonly drawSeed: number
}

export interface SweptRun {
  readonly label: string
  readonly result: { readonly config: RunConfig } | { readonly issues: readonly ConfigIssue[] }
}

export interface SweptRuns {
  /** Checked, each once. */
  readonly runs: readonly SweptRun[]
  /** How many there are, or would be where they are too many. */
  readonly count: number
  /** Why there are none, and which of what is varied is to blame; null where there are. */
  readonly problem: { readonly path: string; readonly message: string } | null
}

/** An experiment has no more runs. */
export const MOST_RUNS = 200
/** Labels may have 80 characters; those of seeds are added to them. */
const MOST_OF_A_LABEL = 66

interface SeededSweep {
  readonly sweep: TypedSweep
  /** Runs of each setting. @default 1 */
  readonly seeds?: number
}

/** Makes the runs of a sweep, checked, where they are with their seeds no more than an experiment has; says what is wrong with them. */
export function sweepRuns(schema: FieldDescription, form: FormObject, { sweep, seeds = 1 }: SeededSweep): SweptRuns {
  const settings = sweepableSettings(schema, form)
  const varied = sweep.axes.flatMap((axis) => {
    const setting = settings.find(({ path }) => path === axis.path)
    return setting ? [{ setting, read: readAxis(setting, axis, { isDrawn: sweep.draws !== null }) }] : []
  })
  const axes = varied.flatMap(({ read }) => ('axis' in read ? [read.axis] : []))
  const [problem = null] = varied.flatMap(({ setting: { path }, read }) => ('problem' in read ? [{ path, message: read.problem }] : []))
  if (problem !== null || axes.length === 0) return { runs: [], count: 0, problem }
  const expanded = {
    axes,
    method: sweep.draws === null ? gridMethod : { kind: 'random' as const, draws: sweep.draws, seed: sweep.drawSeed },
  }
  const count = countSweep(expanded)
  const last = axes.at(-1)?.path ?? ''
  if (count * seeds > MOST_RUNS) return { runs: [], count, problem: { path: last, message: tooMany(count, seeds) } }
  const assignments = expandSweep(expanded)
  const settingsOfAxes = varied.map(({ setting }) => setting)
  const forms = assignments.map((assignment) => assign(schema, form, { settings: settingsOfAxes, assignment }))
  const labels = labelsOf(
    assignments.map((assignment, index) =>
      settingsOfAxes.flatMap((setting, place) =>
        isUsed(schema, forms[index] ?? form, setting.path) ? [{ setting, value: assignment[place] ?? '' }] : [],
      ),
    ),
  )
  const runs = forms.map((changed, index) => ({
    label: labels[index] ?? '',
    result: validateRunConfig(withoutUnused(fromFormValue(schema, changed))),
  }))
  const made = distinct(runs)
  const [wrong] = joinRunIssues(
    made.flatMap(({ label, result }) => ('issues' in result ? [{ label, message: result.issues[0]?.message ?? '' }] : [])),
  )
  return { runs: made, count: made.length, problem: wrong === undefined ? null : { path: last, message: `${wrong}.` } }
}

const gridMethod = { kind: 'grid' } as const

function tooMany(count: number, seeds: number): string {
  const runs = (count * seeds).toLocaleString('en')
  const product = seeds > 1 ? `: ${count.toLocaleString('en')} settings with ${seeds} seeds each` : ''
  return `Expected at most ${MOST_RUNS} runs, got ${runs}${product}. Take fewer values, or draw some at random.`
}

/** Gives settings their values; what a setting is in is chosen before the setting. */
function assign(
  schema: FieldDescription,
  form: FormObject,
  { settings, assignment }: { readonly settings: readonly SweepableSetting[]; readonly assignment: Assignment },
): FormObject {
  return settings
    .map(({ path }, place) => ({ names: path.split('.'), text: assignment[place] ?? '' }))
    .sort((a, b) => a.names.length - b.names.length)
    .reduce<FormValue>((value, change) => withSetting(schema, value, change), form) as FormObject
}

/** Tells whether a setting has an effect in a form: what is chosen there may not have it. */
function isUsed(schema: FieldDescription, form: FormObject, path: string): boolean {
  return sweepableSettings(schema, form).some((setting) => setting.path === path)
}

interface NamedValue {
  readonly setting: SweepableSetting
  readonly value: string
}

/** Names each run after its values: by the settings’ titles, by their short names where that is too long, else by its place. */
function labelsOf(runs: readonly (readonly NamedValue[])[]): readonly string[] {
  const write = (nameOf: (setting: SweepableSetting) => string) =>
    runs.map((values) => values.map(({ setting, value }) => `${nameOf(setting)} = ${shown(setting, value)}`).join(', '))
  const fit = (labels: readonly string[]) => labels.every(({ length }) => length <= MOST_OF_A_LABEL)
  const [titled, short] = [write(({ title }) => title), write(({ alias }) => alias)]
  if (fit(titled)) return titled
  return fit(short) ? short : runs.map((_, index) => `Setting ${index + 1}`)
}

function shown({ options }: SweepableSetting, value: string): string {
  return options?.find((option) => option.value === value)?.label ?? value
}

/** Leaves out what comes to the same as a run before it: a setting that has no effect there makes no other run. */
function distinct(runs: readonly SweptRun[]): readonly SweptRun[] {
  const seen = new Set<string>()
  return runs.filter(({ result }) => {
    const key = 'config' in result ? JSON.stringify(result.config) : null
    if (key === null) return true
    return !seen.has(key) && seen.add(key)
  })
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
  if (field.type !== 'object' || name === undefined) return text
  const child = field.fields[name]
  // What is chosen does not have it.
  if (!child) return form
  return { ...(form as FormObject), [name]: withSetting(child, (form as FormObject)[name] ?? '', { names: rest, text }) }
}
