import type { FieldDescription } from './describeSchema.js'

export interface SweptRun {
  readonly label: string
  readonly config: unknown
}

/** What an experiment's runs differ in, as an axis that they stand on. */
export interface SweptSetting {
  /** Title of the one number that differs; null where they differ in anything else, and stand side by side. */
  readonly title: string | null
  /** Where that number is in a configuration, `architecture.latentDimension`. */
  readonly path: string | null
  readonly scale: 'linear' | 'log'
  /** Place of each run on the axis. */
  readonly places: readonly number[]
  /** Marks of the axis, in ascending order. */
  readonly ticks: readonly { readonly x: number; readonly label: string }[]
}

/** Its numbers are names: one is not more than another. */
const SEED = 'training.seed'

/** Finds what runs differ in. Their configurations are those that the schema describes. */
export function sweptSetting(schema: FieldDescription, runs: readonly SweptRun[]): SweptSetting {
  const settings = runs.map(({ config }) => new Map(leavesOf(schema, config, '').map((leaf) => [leaf.path, leaf])))
  const paths = [...new Set(settings.flatMap((leaves) => [...leaves.keys()]))]
  const different = paths.filter((path) => new Set(settings.map((leaves) => JSON.stringify(leaves.get(path)?.value))).size > 1)
  // Runs that also differ in their seeds stand in one place.
  const differing = different.length > 1 ? different.filter((path) => path !== SEED) : different
  const [only, ...others] = differing
  const values = only === undefined ? [] : settings.map((leaves) => leaves.get(only)?.value)
  const field = only === undefined ? undefined : settings[0]?.get(only)?.field
  if (others.length > 0 || !field || only === SEED || !values.every((value) => typeof value === 'number')) {
    return {
      title: null,
      path: null,
      scale: 'linear',
      places: runs.map((_, index) => index),
      ticks: runs.map(({ label }, x) => ({ x, label })),
    }
  }
  const isLogarithmic = field.scale === 'log' && values.every((value) => value > 0)
  return {
    title: field.title,
    path: only ?? null,
    scale: isLogarithmic ? 'log' : 'linear',
    places: values,
    ticks: [...new Set(values)].sort((a, b) => a - b).map((x) => ({ x, label: String(x) })),
  }
}

interface Leaf {
  readonly path: string
  readonly field: FieldDescription
  readonly value: unknown
}

function leavesOf(field: FieldDescription, value: unknown, path: string): readonly Leaf[] {
  const child = (name: string) => (path === '' ? name : `${path}.${name}`)
  const members = (value ?? {}) as Readonly<Record<string, unknown>>
  if (field.type === 'object') return Object.entries(field.fields).flatMap(([name, inner]) => leavesOf(inner, members[name], child(name)))
  if (field.type === 'choice') {
    const variant = field.variants[String(members.kind)]
    const kind = { path: child('kind'), field, value: members.kind }
    return variant ? [kind, ...leavesOf(variant, value, path)] : [kind]
  }
  return [{ path, field, value }]
}
