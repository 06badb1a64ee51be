export interface LabelledRun<Config> {
  readonly label: string
  readonly config: Config
}

interface Seeded {
  readonly training?: { readonly seed?: number | undefined } | undefined
}

const SEED_IN_LABEL = /(?:^|,\s*)seed \d+$/u

/**
 * Makes of each run one for each seed, named `z = 32, seed 2`. Runs that differ in their seed alone are one run, and whatever seed a label named
 * gives way, so that it says what is run.
 */
export function replicateRuns<Config extends Seeded>(
  runs: readonly LabelledRun<Config>[],
  seeds: readonly number[],
): readonly LabelledRun<Config>[] {
  const settings = new Map(runs.map((run) => [settingsKey(run.config), run]).toReversed() as [string, LabelledRun<Config>][])
  const distinct = runs.filter((run) => settings.get(settingsKey(run.config)) === run)
  return distinct.flatMap(({ label, config }) =>
    seeds.map((seed) => ({ label: seedLabel(label, seed), config: { ...config, training: { ...config.training, seed } } })),
  )
}

/**
 * Makes `count` runs more of each setting that runs have. All settings are given the same seeds, the smallest from 1 that none of the runs has, so that they
 * can be compared seed by seed.
 */
export function moreSeeds<Config extends Seeded>(runs: readonly LabelledRun<Config>[], count: number): readonly LabelledRun<Config>[] {
  const used = new Set(runs.map(({ config }) => config.training?.seed))
  const unused = Array.from({ length: count + used.size }, (_, index) => index + 1).filter((seed) => !used.has(seed))
  return replicateRuns(runs, unused.slice(0, count))
}

/** Puts a seed in the place of the one that a label ends with, or at its end: `z = 32, seed 2`. */
export function seedLabel(label: string, seed: number): string {
  const base = withoutSeedLabel(label)
  return base === '' ? `seed ${seed}` : `${base}, seed ${seed}`
}

/** Takes the seed that a label ends with away; what is left may be nothing. */
export function withoutSeedLabel(label: string): string {
  return label.replace(SEED_IN_LABEL, '').trimEnd()
}

/** Names what a configuration is apart from its seed: the same for runs that differ in nothing else. */
export function settingsKey(config: Seeded): string {
  return JSON.stringify({ ...config, training: { ...config.training, seed: undefined } })
}
