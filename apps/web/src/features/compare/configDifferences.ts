import type { FieldDescription } from '@hourglass/autoencoders'
import { configurationRows, type ReadConfiguration } from '../../entities/config/configurationRows'

export interface ConfigDifference {
  readonly path: string
  readonly title: string
  /** One value for each configuration; null where it has no such setting. */
  readonly values: readonly (string | null)[]
}

/** Lists the settings in which configurations differ, in the schema's order. */
export function configDifferences(schema: FieldDescription, configs: readonly ReadConfiguration[]): readonly ConfigDifference[] {
  const tables = configs.map(
    (config) => new Map(configurationRows(schema, config).flatMap(({ rows }) => rows.map((row) => [row.path, row]))),
  )
  const titles = new Map(tables.flatMap((table) => [...table].map(([path, { title }]) => [path, title] as const)))
  return [...titles]
    .map(([path, title]) => ({ path, title, values: tables.map((table) => table.get(path)?.value ?? null) }))
    .filter(({ values }) => new Set(values).size > 1)
}
