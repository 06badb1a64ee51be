import { facetsOf, type Ranked, type RankingFacet, rankingFacets } from '@hourglass/autoencoders'
import type { PrismaClient } from '../generated/prisma/client.js'
import { Prisma } from '../generated/prisma/client.js'
import type { LabKey } from './query/LabKey.js'
import type { RunScope } from './runFilter.js'

/** How many kinds of each facet runs are of; 1 where it does not matter for a metric, 0 without runs. */
export type FacetKinds = Readonly<Record<RankingFacet, number>>

/** Whether runs can be ranked by a metric, and how many kinds of them stand in the way where they cannot. */
export interface Ranking {
  readonly key: string
  readonly isComparable: boolean
  readonly kinds: FacetKinds
}

/** Looks whether the runs of a scope that have a metric are of one kind in all that matters for it; null where it ranks nothing. */
export async function readRanking(read: Pick<PrismaClient, '$queryRaw'>, { condition }: RunScope, key: LabKey): Promise<Ranking | null> {
  const { source, better, ranked, name } = key
  if (source.kind !== 'value' || better === null) return null
  const counted = rankingFacets.map((facet) => Prisma.sql`COUNT(DISTINCT ${facetColumn(facet, ranked)}) AS ${Prisma.raw(facet)}`)
  const [row] = await read.$queryRaw<Record<string, bigint>[]>`
    SELECT ${Prisma.join(counted)}
    FROM Run AS run JOIN RunValue AS value ON value.runNumber = run.number AND value.keyId = ${source.keyId} AND value.number IS NOT NULL
    WHERE ${condition}`
  const kinds = readFacetKinds((facet) => row?.[facet])
  return { key: name, isComparable: areOneKind(kinds), kinds }
}

/** Reads how many kinds there are of each facet. */
export function readFacetKinds(count: (facet: RankingFacet) => number | bigint | null | undefined): FacetKinds {
  return Object.fromEntries(rankingFacets.map((facet) => [facet, Number(count(facet) ?? 0)])) as FacetKinds
}

/** Tells whether runs can be ranked. */
export function areOneKind(kinds: FacetKinds): boolean {
  return rankingFacets.every((facet) => kinds[facet] <= 1)
}

/** Writes what must be the same of runs `run` for a metric to rank them, as `rankingKey` says of their configurations; those of which it is not known are of one kind. */
function facetColumn(facet: RankingFacet, ranked: Ranked): Prisma.Sql {
  return facetsOf(ranked).includes(facet) ? columns[facet](ranked) : Prisma.sql`''`
}

/** Names the column of a facet; metrics that are ranked by the same have one. */
export function facetName(facet: RankingFacet, { examples = 'scored', ranksWithin }: Ranked): Prisma.Sql {
  const variant = facet === 'examples' ? `_${examples}` : facet === 'bound' && ranksWithin === 'draws' ? '_draws' : ''
  return Prisma.raw(`of_${facet}${variant}`)
}

/** Selects of runs `run` what decides whether some metrics rank them, each once, by {@link facetName}. */
export function selectFacets(ranked: readonly Ranked[]): readonly Prisma.Sql[] {
  const columns = ranked.flatMap((one) => facetsOf(one).map((facet) => [facetName(facet, one).sql, facetColumn(facet, one)] as const))
  return [...new Map(columns)].map(([name, column]) => Prisma.sql`${column} AS ${Prisma.raw(name)}`)
}

const setting = (path: string) => Prisma.sql`COALESCE(json_extract(CAST(run.config AS TEXT), ${path}), '')`

const columns: Readonly<Record<RankingFacet, (ranked: Ranked) => Prisma.Sql>> = {
  objective: () => Prisma.sql`COALESCE(run.objectiveKey, '')`,
  data: () => Prisma.sql`COALESCE(run.dataset, '')`,
  examples: ({ examples = 'scored' }) => Prisma.sql`COALESCE(run.selection || ' ' || ${countedExamples[examples]}, '')`,
  corruption: () => setting('$.corruption'),
  bound: ({ ranksWithin }) =>
    ranksWithin === 'draws'
      ? Prisma.sql`${setting('$.architecture.encoder.kind')} || ' ' || ${setting('$.evaluation.importanceSamples')}`
      : setting('$.architecture.encoder.kind'),
}

const countedExamples: Readonly<Record<NonNullable<Ranked['examples']>, Prisma.Sql>> = {
  scored: Prisma.sql`IIF(run.validationCount > 0, 'validation ' || run.validationCount, 'test ' || run.testCount)`,
  training: Prisma.sql`run.trainCount`,
  test: Prisma.sql`run.testCount`,
}
