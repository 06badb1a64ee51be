import type { RunQuery } from '@hourglass/query'
import { Prisma, RunStatus } from '../../generated/prisma/client.js'
import { groupColumns } from '../query/keyColumns.js'
import type { LabKey } from '../query/LabKey.js'
import { type LabKeys, valueKey } from '../query/readKeyBook.js'
import type { RunFilter } from '../runFilter.js'

/** What every run has a column of, by the name of its key, and the filter that finds the runs of one group. */
const fields = {
  STATUS: {
    key: 'status',
    narrow: (text) => ({ status: Object.values(RunStatus).filter((status) => status === text) }),
  },
  DATASET: { key: 'dataset', narrow: (text) => ({ dataset: [text] }) },
  EXPERIMENT: { key: 'experiment', narrow: (text) => ({ experiment: [text] }) },
} as const satisfies Record<string, { readonly key: string; readonly narrow: (text: string | null) => RunFilter }>

export type RunGroupField = keyof typeof fields
export const runGroupFields = Object.keys(fields) as readonly RunGroupField[]

/** What runs are grouped by: a field that all runs have, a value by its name, or any key. */
export type RunGroupKey = { readonly field: RunGroupField } | { readonly value: string } | { readonly key: string }

/** What the runs of a group have in common: a number or a text, neither where they have no such value. */
export interface SharedValue {
  readonly number: number | null
  readonly text: string | null
}

/** Names a key for errors and cursors. */
export const nameOfKey = (key: RunGroupKey) => ('field' in key ? key.field : 'key' in key ? key.key : key.value)

/** Finds the key that is meant; throws BAD_USER_INPUT where it could be several or there is none. */
export function labKeyOf(key: RunGroupKey, keys: LabKeys): LabKey {
  if ('key' in key) return keys.require(key.key, 'by.key')
  return valueKey('field' in key ? fields[key.field].key : key.value, keys)
}

/** Joins what {@link selectKey} reads of a key. */
export const joinKey = (key: LabKey, index: number): Prisma.Sql => groupColumns(key, `shared${index}`).join

/**
 * Selects a key in one column without NULL, in the order that SQLite has for values of different types: numbers, then texts, then runs with neither,
 * which have an empty blob. Texts that are ordered otherwise have a column for that.
 */
export function selectKey(key: LabKey, index: number): Prisma.Sql {
  const { number, text } = groupColumns(key, `shared${index}`)
  const order = selectedOrder(key, index)
  const asOrder = order ? Prisma.sql`, COALESCE(${order}, '') AS ${orderColumn(index)}` : Prisma.empty
  return Prisma.sql`COALESCE(${number}, ${text}, x'') AS ${keyColumn(index)}${asOrder}`
}

/** Whether texts of a key are ordered by what they are compared as, or experiments by their names, and not by what groups are told apart by. */
export function hasOwnOrder(key: LabKey): boolean {
  return key.source.kind === 'experiment' || selectedOrder(key, 0) !== undefined
}

/** What is selected of each run to order groups by; the names of experiments are found once for each group. */
function selectedOrder(key: LabKey, index: number): Prisma.Sql | undefined {
  return key.type === 'NUMBER' || key.source.kind === 'experiment' ? undefined : groupColumns(key, `shared${index}`).order
}

/** Sums up what groups are ordered by, one column each: runs of one text have the same. */
export function sumOrders(keys: readonly LabKey[]): readonly Prisma.Sql[] {
  return keys.flatMap((key, index) => (selectedOrder(key, index) ? Prisma.sql`MIN(${orderColumn(index)}) AS ${orderColumn(index)}` : []))
}

/** What the texts of a key are ordered by, where groups are summed up. */
export function orderOfKey(key: LabKey | undefined, index: number): Prisma.Sql {
  if (key?.source.kind === 'experiment') return Prisma.sql`COALESCE((SELECT nameFolded FROM Experiment WHERE id = ${keyColumn(index)}), '')`
  return key && hasOwnOrder(key) ? orderColumn(index) : placeColumns(index).text
}

const orderColumn = (index: number) => Prisma.raw(`key${index}_order`)

/** Names the column of a key. */
export const keyColumn = (index: number) => Prisma.raw(`key${index}`)

/** What of a key is computed of each group: whether it is a number (0), a text (1) or neither (2), and which. Sorts as the key's column does. */
export function placeColumns(index: number): { readonly kind: Prisma.Sql; readonly number: Prisma.Sql; readonly text: Prisma.Sql } {
  const key = keyColumn(index)
  return {
    kind: Prisma.sql`CASE typeof(${key}) WHEN 'text' THEN 1 WHEN 'blob' THEN 2 ELSE 0 END`,
    number: Prisma.sql`CASE WHEN typeof(${key}) IN ('integer', 'real') THEN ${key} ELSE 0.0 END`,
    text: Prisma.sql`CASE typeof(${key}) WHEN 'text' THEN ${key} ELSE '' END`,
  }
}

/** Selects the place of a group by a key, since a column of the answer has values of one type. */
export function selectPlaceOf(index: number): Prisma.Sql {
  const { kind, number, text } = placeColumns(index)
  const [asKind, asNumber, asText] = ['kind', 'number', 'text'].map((part) => Prisma.raw(`key${index}_${part}`))
  return Prisma.sql`${kind} AS ${asKind}, ${number} AS ${asNumber}, ${text} AS ${asText}`
}

/** The place of a group in the order of groups: whether its key is a number (0), a text (1) or neither (2), and which. */
export type KeyPlace = readonly [kind: number, number: number, text: string]

/** Writes the value that the column of a key has at a place. */
export function keyAt([kind, number, text]: KeyPlace): Prisma.Sql {
  return kind === 0 ? Prisma.sql`${number}` : kind === 1 ? Prisma.sql`${text}` : Prisma.sql`x''`
}

/** Reads what {@link selectPlaceOf} has selected. */
export function placeOf(row: Readonly<Record<string, unknown>>, index: number): KeyPlace {
  const read = (part: string) => row[`key${index}_${part}`]
  return [Number(read('kind')), Number(read('number')), String(read('text'))]
}

/** Gives what all runs of a group have for a key: a number, a text, or neither. */
export function sharedValue([kind, number, text]: KeyPlace): SharedValue {
  return { number: kind === 0 ? number : null, text: kind === 1 ? text : null }
}

/** Narrows a filter to the runs of one group: fields and values in their own parts of it, other keys by a query. */
export function narrowFilter(
  filter: RunFilter,
  by: readonly { readonly key: RunGroupKey; readonly labKey: LabKey }[],
  shared: readonly SharedValue[],
): { readonly filter: RunFilter; readonly query: readonly RunQuery[] } {
  const narrowed: RunFilter = { ...filter }
  const conditions = [...(filter.values ?? [])]
  const query: RunQuery[] = []
  by.forEach(({ key, labKey }, index) => {
    const { number = null, text = null } = shared[index] ?? {}
    if ('field' in key) Object.assign(narrowed, fields[key.field].narrow(text))
    else if ('key' in key) query.push(isShared(labKey, { number, text }))
    else conditions.push({ name: key.value, ...(number !== null ? { number } : text !== null ? { text } : { missing: true }) })
  })
  return { filter: conditions.length === 0 ? narrowed : { ...narrowed, values: conditions }, query }
}

/** The query that finds the runs with a value. */
function isShared({ name: key, type }: LabKey, { number, text }: SharedValue): RunQuery {
  if (number !== null) return { compare: { key, operator: 'EQUAL', value: { number } } }
  if (text === null) return { not: { has: key } }
  if (type !== 'DATE') return { compare: { key, operator: 'EQUAL', value: { text } } }
  // Days of groups are those of UTC, wherever the filter's begin.
  const start = { compare: { key, operator: 'AT_LEAST', value: { moment: `${text}T00:00:00Z` } } } as const
  return { and: [start, { compare: { key, operator: 'LESS', value: { moment: `${dayAfter(text)}T00:00:00Z` } } }] }
}

const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)
