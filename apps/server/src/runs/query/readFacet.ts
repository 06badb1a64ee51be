import { foldText } from '@hourglass/query'
import { Prisma, type PrismaClient } from '../../generated/prisma/client.js'
import { groupColumns, type KeyColumns, valueColumns } from './keyColumns.js'
import type { LabKey } from './LabKey.js'
import type { KeyScope } from './readKeyCounts.js'

export interface FacetRequest {
  readonly key: LabKey
  /** Part of the value, in any case. */
  readonly search: string
  readonly first: number
}

export interface FacetValue {
  readonly number: number | null
  readonly text: string | null
  /** Runs that have it. */
  readonly runs: number
}

/** What the runs of a scope have of a key. */
export interface Facet {
  readonly key: LabKey
  /** Values that runs have, each counted once for a run. */
  readonly count: number
  /** Runs without a value. */
  readonly missing: number
  /** Different values. */
  readonly distinct: number
  readonly minimum: number | null
  readonly maximum: number | null
  /** The most frequent first. */
  readonly values: readonly FacetValue[]
}

interface StatisticsRow {
  readonly count: bigint
  readonly missing: bigint
  readonly distinctCount: bigint
  readonly minimum: number | null
  readonly maximum: number | null
}

/** Reads which values a key has and how often, and how far its numbers reach, in two statements. Experiments go by their names, tags as they were written. */
export async function readFacet(
  read: Pick<PrismaClient, '$queryRaw'>,
  { condition }: KeyScope,
  { key, search, first }: FacetRequest,
): Promise<Facet> {
  const { join, number, text, shown, searched } = facetColumns(key)
  const part = foldText(search.trim())
  const member = Prisma.sql`SELECT ${number} AS number, ${text} AS text, ${shown} AS shown, ${searched} AS searched FROM Run AS run ${join} WHERE ${condition}`
  const [statistics] = await read.$queryRaw<StatisticsRow[]>`
    WITH member AS (${member})
    SELECT COUNT(COALESCE(number, text)) AS count, SUM(number IS NULL AND text IS NULL) AS missing,
      COUNT(DISTINCT number) + COUNT(DISTINCT text) AS distinctCount, MIN(number) AS minimum, MAX(number) AS maximum FROM member`
  const values = await read.$queryRaw<{ number: number | null; text: string | null; runs: bigint }[]>`
    WITH member AS (${member})
    SELECT number, MIN(shown) AS text, COUNT(*) AS runs FROM member
    WHERE COALESCE(number, text) IS NOT NULL AND (${part} = '' OR instr(COALESCE(searched, CAST(number AS TEXT)), ${part}) > 0)
    GROUP BY number, text ORDER BY runs DESC, number, text LIMIT ${first}`
  const numberOf = (value: number | bigint | null | undefined) => (value === null || value === undefined ? null : Number(value))
  return {
    key,
    count: Number(statistics?.count ?? 0),
    missing: Number(statistics?.missing ?? 0),
    distinct: Number(statistics?.distinctCount ?? 0),
    minimum: numberOf(statistics?.minimum),
    maximum: numberOf(statistics?.maximum),
    values: values.map((row) => ({ number: numberOf(row.number), text: row.text, runs: Number(row.runs) })),
  }
}

/** What is told of values, and what they are searched by. */
function facetColumns(key: LabKey): KeyColumns & { readonly shown: Prisma.Sql; readonly searched: Prisma.Sql } {
  const { source } = key
  const columns = source.kind === 'experiment' ? valueColumns(key, 'facet') : groupColumns(key, 'facet')
  const isTag = source.kind === 'text' && source.textKind === 'TAG'
  const shown = isTag ? Prisma.sql`facet.text` : columns.text
  const ofPeople = source.kind === 'value' || source.kind === 'experiment' || source.kind === 'text'
  const searched = ofPeople ? (columns.order ?? columns.text) : Prisma.sql`lower(${columns.text})`
  return { ...columns, shown, searched }
}
