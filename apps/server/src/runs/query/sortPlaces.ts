import { Prisma } from '../../generated/prisma/client.js'
import type { KeyColumns } from './keyColumns.js'

/** Where a run stands by one key: numbers (0) before texts (1), and those before runs with neither (2). Texts are as {@link SORTED_LENGTH} cuts them. */
export type SortPlace = readonly [kind: number, number: number, text: string]

/**
 * Runs are ordered by so many characters of a text, and by what counts next where these are the same: the places of runs are in their cursors, which are
 * sent for each run of a page, while notes have thousands of characters.
 */
export const SORTED_LENGTH = 100

export interface SortColumn {
  readonly columns: KeyColumns
  readonly isDescending: boolean
}

const nameOf = (index: number, part: 'kind' | 'number' | 'text') => Prisma.raw(`sort${index}_${part}`)
const isNever = (sql: Prisma.Sql) => sql.values.length === 0 && sql.sql === 'NULL'

/** Selects where runs stand by a key, in three columns without NULL. */
export function selectPlace({ columns: { number, text, order, isAlways } }: SortColumn, index: number): Prisma.Sql {
  const ordered = order ?? text
  const kind = isAlways
    ? Prisma.sql`${isNever(number) ? 1 : 0}`
    : Prisma.sql`CASE WHEN ${number} IS NOT NULL THEN 0 WHEN ${text} IS NOT NULL THEN 1 ELSE 2 END`
  const asNumber = isAlways ? number : Prisma.sql`COALESCE(${number}, 0.0)`
  const asText = isNever(text) ? Prisma.sql`''` : Prisma.sql`COALESCE(substr(${ordered}, 1, ${SORTED_LENGTH}), '')`
  return Prisma.sql`${kind} AS ${nameOf(index, 'kind')}, ${asNumber} AS ${nameOf(index, 'number')}, ${asText} AS ${nameOf(index, 'text')}`
}

/** Orders by keys, each in its direction; runs without a value come last in either. What is the same of all runs is left out, so that an index can serve. */
export function orderBy(sorts: readonly SortColumn[]): Prisma.Sql {
  const terms = sorts.flatMap(({ columns, isDescending }, index) => {
    const by = isDescending ? Prisma.sql`DESC` : Prisma.sql`ASC`
    return [
      ...(columns.isAlways ? [] : [nameOf(index, 'kind')]),
      ...(isNever(columns.number) ? [] : [Prisma.sql`${nameOf(index, 'number')} ${by}`]),
      ...(isNever(columns.text) ? [] : [Prisma.sql`${nameOf(index, 'text')} ${by}`]),
    ]
  })
  return Prisma.join(terms, ', ')
}

interface Last {
  readonly isDescending: boolean
  readonly number: number
}

/** The runs behind a place in the order, of which the run's number is the last part. */
export function following(sorts: readonly SortColumn[], places: readonly SortPlace[], last: Last): Prisma.Sql {
  const steps = sorts.flatMap(({ isDescending }, index) => stepsOf(index, places[index] ?? [2, 0, ''], isDescending))
  const behindNumber = Prisma.sql`number ${last.isDescending ? Prisma.sql`<` : Prisma.sql`>`} ${last.number}`
  return steps.reduceRight(
    (rest, { column, sign, value }) => Prisma.sql`(${column} ${sign} ${value} OR (${column} = ${value} AND ${rest}))`,
    behindNumber,
  )
}

function stepsOf(index: number, [kind, number, text]: SortPlace, isDescending: boolean) {
  const beyond = isDescending ? Prisma.sql`<` : Prisma.sql`>`
  return [
    { column: nameOf(index, 'kind'), sign: Prisma.sql`>`, value: kind },
    { column: nameOf(index, 'number'), sign: beyond, value: number },
    { column: nameOf(index, 'text'), sign: beyond, value: text },
  ]
}

/** Reads where a run stands by a key. */
export function placeOf(row: Readonly<Record<string, unknown>>, index: number): SortPlace {
  const read = (part: string) => row[`sort${index}_${part}`]
  return [Number(read('kind')), Number(read('number')), String(read('text'))]
}
