import { facetsOf, rankingFacets } from '@hourglass/autoencoders'
import { Prisma } from '../../generated/prisma/client.js'
import type { LabKey } from '../query/LabKey.js'
import { areOneKind, facetName, readFacetKinds } from '../readRanking.js'
import type { ValueSpread } from './RunGroup.js'

/** The columns of a spread, computed in two passes: deviations are taken from the mean itself, since sums of squares lose the digits of far numbers. */
export interface SpreadColumns {
  /** Beside the rows of runs, over each group. */
  readonly windowed: Prisma.Sql
  /** Over the rows of a group. */
  readonly grouped: Prisma.Sql
  /** The names of these. */
  readonly names: readonly Prisma.Sql[]
}

export type SpreadRow = Readonly<Record<string, number | bigint | string | null>>

/** What is computed of the column `value{index}` of runs in the window `shared`. */
export function spreadColumns(index: number, { better, ranked }: LabKey): SpreadColumns {
  const value = Prisma.raw(`value${index}`)
  const as = (part: string) => Prisma.raw(`value${index}_${part}`)
  const best = better === 'lower' ? Prisma.sql`MIN(${value})` : better === 'higher' ? Prisma.sql`MAX(${value})` : undefined
  const mean = Prisma.sql`AVG(${value}) OVER shared AS ${as('average')}`
  const kindsOf = (column: Prisma.Sql) => Prisma.sql`COUNT(DISTINCT CASE WHEN ${value} IS NOT NULL THEN ${column} END)`
  const needed = facetsOf(ranked)
  const one = Prisma.sql`MIN(1, COUNT(${value}))`
  return {
    windowed: best ? Prisma.sql`${mean}, ${best} OVER shared AS ${as('reached')}` : mean,
    grouped: Prisma.join([
      Prisma.sql`COUNT(${value}) AS ${as('count')}`,
      Prisma.sql`MIN(${as('average')}) AS ${as('mean')}`,
      Prisma.sql`SUM((${value} - ${as('average')}) * (${value} - ${as('average')})) AS ${as('squares')}`,
      Prisma.sql`MIN(${value}) AS ${as('minimum')}`,
      Prisma.sql`MAX(${value}) AS ${as('maximum')}`,
      ...rankingFacets.map((facet) => Prisma.sql`${needed.includes(facet) ? kindsOf(facetName(facet, ranked)) : one} AS ${as(facet)}`),
      best ? Prisma.sql`MIN(CASE WHEN ${value} = ${as('reached')} THEN number END) AS ${as('best')}` : Prisma.sql`NULL AS ${as('best')}`,
    ]),
    names: ['count', 'mean', 'squares', 'minimum', 'maximum', ...rankingFacets, 'best'].map(as),
  }
}

/** Reads a spread from the row of a group. */
export function readSpread(row: SpreadRow, index: number, { name, better }: Pick<LabKey, 'name' | 'better'>): ValueSpread {
  const numberOf = (part: string) => {
    const value = row[`value${index}_${part}`] ?? null
    return value === null ? null : Number(value)
  }
  const count = numberOf('count') ?? 0
  const squares = numberOf('squares')
  const kinds = readFacetKinds(numberOf)
  const isComparable = areOneKind(kinds)
  return {
    name,
    count,
    mean: numberOf('mean'),
    standardDeviation: count < 2 || squares === null ? null : Math.sqrt(squares / (count - 1)),
    minimum: numberOf('minimum'),
    maximum: numberOf('maximum'),
    better,
    isComparable,
    kinds,
    bestRunNumber: isComparable ? numberOf('best') : null,
  }
}
