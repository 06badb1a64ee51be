import { readRunConfig } from '../../data/readRunConfig'
import type { RunStyle } from '../../entities/run/runStyles'
import { runStyles } from '../../entities/run/runStyles'
import type { ComparedRun } from '../../entities/run/useComparedRuns'
import { type ConfigDifference, differencesOf } from './configDifferences'

/** Runs that stand together as one: a single one, or several that have a setting in common. */
export interface RunGroup {
  /** The run’s id, or what its runs have in common; as addresses name it. */
  readonly key: string
  readonly label: string
  readonly runs: readonly ComparedRun[]
  readonly style: RunStyle
}

export interface Grouping {
  /** `seed`, or the path of a setting. */
  readonly id: string
  readonly title: string
}

const BY_REPLICATE = 'seed'
const SEED_PATH = 'training.seed'

/** Lists what runs can be put together by: settings that some of them share and others do not, and all settings but the seed where that repeats any. */
export function groupingsOf(differences: readonly ConfigDifference[], count: number): readonly Grouping[] {
  const distinct = (values: readonly (string | null)[]) => new Set(values).size
  const settings = differences.filter(({ path, values }) => path !== SEED_PATH && distinct(values) < count)
  const seed = differences.find(({ path }) => path === SEED_PATH)
  const replicated = seed ? distinct(keysWithoutSeed(differences, count)) : count
  return [
    ...(replicated < count ? [{ id: BY_REPLICATE, title: 'All settings but the seed' }] : []),
    ...settings.map(({ path, title }) => ({ id: path, title })),
  ]
}

/** Puts runs together by a grouping, in the order of the first of each; each run by itself where there is none. */
export function groupRuns(runs: readonly ComparedRun[], grouping: Grouping | null): readonly RunGroup[] {
  const styles = runStyles(runs.map(({ number }) => number))
  const styleOf = ({ number }: ComparedRun): RunStyle => styles.get(number) ?? { colour: 'var(--hg-muted)' }
  if (!grouping) return runs.map((run) => ({ key: run.id, label: `#${run.number} ${run.name}`, runs: [run], style: styleOf(run) }))
  const differences = differencesOf(runs)
  const chosen =
    grouping.id === BY_REPLICATE
      ? differences.filter(({ path }) => path !== SEED_PATH)
      : differences.filter(({ path }) => path === grouping.id)
  const members = new Map<string, ComparedRun[]>()
  for (const [index, run] of runs.entries()) {
    const key = labelOf(chosen, index)
    members.set(key, [...(members.get(key) ?? []), run])
  }
  const numbers = [...members.values()].map(([first]) => first?.number ?? 0)
  const groupStyles = runStyles(numbers)
  return [...members].map(([label, together], index) => ({
    key: label,
    label: `${label} (${together.length === 1 ? '1 run' : `${together.length} runs`})`,
    runs: together,
    style: groupStyles.get(numbers[index] ?? 0) ?? { colour: 'var(--hg-muted)' },
  }))
}

const keysWithoutSeed = (differences: readonly ConfigDifference[], count: number) => {
  const others = differences.filter(({ path }) => path !== SEED_PATH)
  return Array.from({ length: count }, (_, index) => labelOf(others, index))
}

function labelOf(differences: readonly ConfigDifference[], index: number): string {
  if (differences.length === 0) return 'All runs'
  return differences.map(({ title, values }) => `${title} ${values[index] ?? '–'}`).join(', ')
}

/** Tells what a run was configured with, as it is read. */
export const configOf = ({ config }: ComparedRun) => readRunConfig(config)
