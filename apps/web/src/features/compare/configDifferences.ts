import type { FieldDescription } from '@hourglass/autoencoders'
import { configDescription, readRunConfig } from '../../data/readRunConfig'
import { configurationRows, type ReadConfiguration } from '../../entities/config/configurationRows'
import { allExamples } from '../../entities/metric/allExamples'
import type { ComparedRun } from '../../entities/run/useComparedRuns'

export interface ConfigDifference {
  readonly path: string
  readonly title: string
  /** One value for each configuration; null where it has no such setting. */
  readonly values: readonly (string | null)[]
}

/** Lists all settings of configurations in the schema's order, with the value of each. */
function configSettings(schema: FieldDescription, configs: readonly ReadConfiguration[]): readonly ConfigDifference[] {
  const tables = configs.map(
    (config) => new Map(configurationRows(schema, config).flatMap(({ rows }) => rows.map((row) => [row.path, row]))),
  )
  const titles = new Map(tables.flatMap((table) => [...table].map(([path, { title }]) => [path, title] as const)))
  return [...titles].map(([path, title]) => ({ path, title, values: tables.map((table) => table.get(path)?.value ?? null) }))
}

/** Lists the settings in which configurations differ. */
export function configDifferences(schema: FieldDescription, configs: readonly ReadConfiguration[]): readonly ConfigDifference[] {
  return configSettings(schema, configs).filter(({ values }) => new Set(values).size > 1)
}

/** Lists the settings of runs: those in which they differ, or all. */
export function differencesOf(runs: readonly ComparedRun[], all = false): readonly ConfigDifference[] {
  const configs = runs.map(({ config: sent }) => {
    const config = readRunConfig(sent)
    return { config, whenEmpty: allExamples(config) }
  })
  return (all ? configSettings : configDifferences)(configDescription, configs)
}
