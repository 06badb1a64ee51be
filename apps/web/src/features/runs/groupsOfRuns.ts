import { countFacets, type RankingFacet, rankingFacets } from '@hourglass/autoencoders'
import type { RunFilter, RunGroupFigure, RunGroupOrder, RunGroupsQuery } from '../../data/generated/graphql'
import { COUNT, type SortTerm } from './sortTerms'

type SentGroup = RunGroupsQuery['runGroups']['nodes'][number]
export type SharedValue = SentGroup['keys'][number]
export type Spread = SentGroup['spreads'][number]

export interface GroupOfRuns {
  /** What its runs have in common, as an address names it. */
  readonly id: string
  readonly keys: readonly SharedValue[]
  readonly count: number
  /** By the name of the metric. */
  readonly spreads: ReadonlyMap<string, Spread>
  /** Finds its runs. */
  readonly filter: RunFilter
}

/** Makes a group of what the API sends of it. */
export function toGroup({ keys, count, spreads, filter }: SentGroup): GroupOfRuns {
  const { text, timeZone, status, dataset } = filter
  return {
    id: JSON.stringify(keys.map((key) => key.number ?? key.text)),
    keys,
    count,
    spreads: new Map(spreads.map((spread) => [spread.name, spread])),
    filter: {
      ...(text ? { text } : {}),
      ...(timeZone ? { timeZone } : {}),
      ...(status ? { status: [...status] } : {}),
      ...(dataset ? { dataset: [...dataset] } : {}),
    },
  }
}

export interface GroupSorting {
  readonly sort: readonly SortTerm[]
  /** Names of the metrics that are summed up. */
  readonly metrics: readonly { readonly name: string; readonly better: string | null | undefined }[]
  readonly figure: RunGroupFigure
  /** How many keys groups have. */
  readonly keys: number
}

/** The order of groups that the order of a table means: by what they have in common for names, else by what sums up a metric. What says nothing of groups is left out. */
export function toGroupOrder({ sort, metrics, figure, keys }: GroupSorting): RunGroupOrder[] {
  return sort
    .flatMap(({ key, descending }): RunGroupOrder[] => {
      const direction = descending ? 'DESC' : 'ASC'
      if (key === COUNT) return [{ count: true, direction }]
      if (key === 'name') return Array.from({ length: keys }, (_, place) => ({ key: place, direction }))
      const metric = metrics.find(({ name }) => name === key)
      if (!metric) return []
      // Where neither way is better there is no best.
      return [{ name: key, figure: figure === 'BEST' && !metric.better ? 'MEAN' : figure, direction }]
    })
    .slice(0, 4)
}

/** The number that the best run of a group has; null where there is none. */
export function bestOf({ bestRun, better, minimum, maximum }: Spread): number | null {
  if (!bestRun) return null
  return better === 'LOWER' ? minimum : maximum
}

/** Says why the runs of a group are not ranked; null where they are, or nothing is to be ranked. */
export function whyUnranked(spread: Spread): string | null {
  if (!spread.better || spread.isComparable) return null
  return `${differing(spread)}: their values are not ranked.`
}

type Kinds = Pick<Spread, 'objectives' | 'datasets' | 'examples' | 'corruptions' | 'bounds'>

/** Says in what runs differ that cannot be ranked: “Runs of 2 objectives and 3 data sets”. */
export function differing({ objectives, datasets, examples, corruptions, bounds }: Kinds): string {
  const kinds: Readonly<Record<RankingFacet, number>> = {
    objective: objectives,
    data: datasets,
    examples,
    corruption: corruptions,
    bound: bounds,
  }
  const parts = rankingFacets.filter((facet) => kinds[facet] > 1).map((facet) => countFacets(facet, kinds[facet]))
  return `Runs of ${new Intl.ListFormat('en-GB').format(parts)}`
}
