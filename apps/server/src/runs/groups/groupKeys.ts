import { Prisma, RunStatus } from '../../generated/prisma/client.js'
import type { RunFilter } from '../runFilter.js'

/** What every run has a column of: how it is read, and the filter that finds the runs of one group. */
const fields = {
  STATUS: {
    column: Prisma.sql`run.status`,
    narrow: (text) => ({ status: Object.values(RunStatus).filter((status) => status === text) }),
  },
  DATASET: { column: Prisma.sql`run.dataset`, narrow: (text) => ({ dataset: [text] }) },
  EXPERIMENT: { column: Prisma.sql`run.experimentId`, narrow: (text) => ({ experiment: [text] }) },
} as const satisfies Record<string, { readonly column: Prisma.Sql; readonly narrow: (text: string | null) => RunFilter }>

export type RunGroupField = keyof typeof fields
export const runGroupFields = Object.keys(fields) as readonly RunGroupField[]

/** What runs are grouped by: a field that all runs have, or a value by its name. */
export type RunGroupKey = { readonly field: RunGroupField } | { readonly value: string }

/** What the runs of a group have in common: a number or a text, neither where they have no such value. */
export interface SharedValue {
  readonly number: number | null
  readonly text: string | null
}

/** Names a key for errors and cursors. */
export const nameOfKey = (key: RunGroupKey) => ('field' in key ? key.field : key.value)

/** Joins the values of a name to the rows of runs, as `alias`. */
export function joinValue(name: string, alias: string): Prisma.Sql {
  const value = Prisma.raw(alias)
  return Prisma.sql`LEFT JOIN RunValue AS ${value} ON ${value}.runNumber = run.number
    AND ${value}.keyId = (SELECT id FROM ValueKey WHERE name = ${name})`
}

/** Joins what {@link selectKey} reads of a key. */
export function joinKey(key: RunGroupKey, index: number): Prisma.Sql {
  return 'field' in key ? Prisma.empty : joinValue(key.value, `shared${index}`)
}

/**
 * Selects a key in three columns without NULL, which compare and sort as one: numbers (0) come before texts (1), and those before runs with neither (2).
 */
export function selectKey(key: RunGroupKey, index: number): Prisma.Sql {
  const isField = 'field' in key
  const number = isField ? Prisma.sql`NULL` : Prisma.raw(`shared${index}.number`)
  const text = isField ? fields[key.field].column : Prisma.raw(`shared${index}.text`)
  const [kind, asNumber, asText] = columnsOfKey(index)
  return Prisma.sql`CASE WHEN ${number} IS NOT NULL THEN 0 WHEN ${text} IS NOT NULL THEN 1 ELSE 2 END AS ${kind},
    COALESCE(${number}, 0.0) AS ${asNumber}, COALESCE(${text}, '') AS ${asText}`
}

/** Names the three columns of a key. */
export function columnsOfKey(index: number): readonly [kind: Prisma.Sql, number: Prisma.Sql, text: Prisma.Sql] {
  return [Prisma.raw(`key${index}_kind`), Prisma.raw(`key${index}_number`), Prisma.raw(`key${index}_text`)]
}

/** The place of a group in the order of groups: what the three columns of a key hold. */
export type KeyPlace = readonly [kind: number, number: number, text: string]

/** Reads the three columns of a key. */
export function placeOf(row: Readonly<Record<string, unknown>>, index: number): KeyPlace {
  const read = (part: string) => row[`key${index}_${part}`]
  return [Number(read('kind')), Number(read('number')), String(read('text'))]
}

export function sharedValue([kind, number, text]: KeyPlace): SharedValue {
  return { number: kind === 0 ? number : null, text: kind === 1 ? text : null }
}

/** Narrows a filter to the runs of one group. */
export function narrowFilter(filter: RunFilter, keys: readonly RunGroupKey[], shared: readonly SharedValue[]): RunFilter {
  const narrowed: RunFilter = { ...filter }
  const conditions = [...(filter.values ?? [])]
  keys.forEach((key, index) => {
    const { number = null, text = null } = shared[index] ?? {}
    if ('field' in key) Object.assign(narrowed, fields[key.field].narrow(text))
    else conditions.push({ name: key.value, ...(number !== null ? { number } : text !== null ? { text } : { missing: true }) })
  })
  return conditions.length === 0 ? narrowed : { ...narrowed, values: conditions }
}
