import type { RunConfig } from '../config/RunConfig.js'
import { type LabelledRun, seedLabel, withoutSeedLabel } from './replicateRuns.js'

export interface VariedSetting {
  /** Of the one number in which runs differ, `architecture.latentDimension`. */
  readonly path: string
  readonly title: string
}

/**
 * Makes runs of other values of the number that an experiment varies, each with all seeds that its runs have, labelled as these are. Their configurations
 * are to be checked: a value may be none that the setting takes.
 */
export function moreValues(
  runs: readonly LabelledRun<RunConfig>[],
  { path, title }: VariedSetting,
  values: readonly number[],
): readonly LabelledRun<RunConfig>[] {
  const [first] = runs
  if (!first) return []
  const names = path.split('.')
  const label = valueLabel(withoutSeedLabel(first.label), { title, from: memberAt(first.config, names) })
  const seeds = [...new Set(runs.map(({ config }) => config.training.seed))].sort((a, b) => a - b)
  return values.flatMap((value) =>
    seeds.map((seed) => {
      const changed = withMember(first.config, names, value) as RunConfig
      const config = { ...changed, training: { ...changed.training, seed } }
      return { label: seeds.length > 1 ? seedLabel(label(value), seed) : label(value), config }
    }),
  )
}

/** Finds how values are written in labels: `z = 32` where one ends so, else by the title of the setting. */
function valueLabel(label: string, { title, from }: { readonly title: string; readonly from: unknown }): (value: number) => string {
  const text = String(from)
  const head = label.slice(0, -text.length)
  return label.endsWith(text) && /(^|[^\d.])$/u.test(head) ? (value) => `${head}${value}` : (value) => `${title} = ${value}`
}

function memberAt(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((member, name) => (isObject(member) ? member[name] : undefined), value)
}

function withMember(value: unknown, [name, ...rest]: readonly string[], member: unknown): unknown {
  if (name === undefined) return member
  const object = isObject(value) ? value : {}
  return { ...object, [name]: withMember(object[name], rest, member) }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
