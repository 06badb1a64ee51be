import { examplesOf } from '../config/examplesOf.js'
import { objectiveKey } from '../config/Objective.js'
import type { RunConfig } from '../config/RunConfig.js'
import type { Measurement } from './Measurement.js'

/**
 * What can keep the numbers of two runs from being ranked: what they minimize, their data set, which of its examples are measured and how many, what those
 * were corrupted with, and which bound on a likelihood stands for it.
 */
export const rankingFacets = ['objective', 'data', 'examples', 'corruption', 'bound'] as const
export type RankingFacet = (typeof rankingFacets)[number]

/** What the numbers of a measurement are of, as far as that decides which runs they rank. */
export interface Ranked {
  readonly ranksWithin?: Measurement['ranksWithin'] | undefined
  /**
   * The examples that it is measured on: those that are scored after each epoch, corrupted as for training; those of training; test examples of a finished run, as
   * they are. @default scored
   */
  readonly examples?: 'scored' | 'training' | 'test' | undefined
}

/** What of a configuration decides what its numbers can be set beside. */
export type RankedConfig = Pick<RunConfig, 'loss' | 'regularizer' | 'architecture' | 'data' | 'corruption' | 'evaluation'>

/** Lists what must be the same of runs for a measurement to rank them. */
export function facetsOf({ ranksWithin = 'data', examples = 'scored' }: Ranked): readonly RankingFacet[] {
  if (ranksWithin === 'anything') return []
  const needed: Readonly<Record<RankingFacet, boolean>> = {
    objective: ranksWithin === 'objective',
    data: true,
    examples: true,
    // Finished runs are measured on test examples as they are; what is denoised has a subject of its own there.
    corruption: examples !== 'test',
    bound: ranksWithin === 'bound' || ranksWithin === 'draws',
  }
  return rankingFacets.filter((facet) => needed[facet])
}

/** Writes down what a run is in a facet: equal for runs that a measurement ranks. */
export function rankingKey(config: RankedConfig, facet: RankingFacet, ranked: Ranked): string {
  return keys[facet](config, ranked)
}

const keys: Readonly<Record<RankingFacet, (config: RankedConfig, ranked: Ranked) => string>> = {
  objective: objectiveKey,
  data: ({ data }) => data.dataset,
  examples: (config, { examples = 'scored' }) => JSON.stringify([config.data.selection, ...examplesKey(config, examples)]),
  corruption: ({ corruption }) => JSON.stringify(corruption),
  bound: ({ architecture, evaluation }, { ranksWithin }) =>
    JSON.stringify([architecture.encoder.kind, ranksWithin === 'draws' ? evaluation.importanceSamples : null]),
}

function examplesKey(config: RankedConfig, examples: NonNullable<Ranked['examples']>): readonly (string | number)[] {
  const { train, validation, test } = examplesOf(config)
  if (examples === 'training') return ['training', train]
  return examples === 'scored' && validation > 0 ? ['validation', validation] : ['test', test]
}

/** Says what runs differ in that keeps a measurement from ranking them, and how many kinds there are of each; empty where it ranks them. */
export function rankingDifferences(
  configs: readonly RankedConfig[],
  ranked: Ranked,
): readonly { readonly facet: RankingFacet; readonly kinds: number }[] {
  return facetsOf(ranked)
    .map((facet) => ({ facet, kinds: new Set(configs.map((config) => rankingKey(config, facet, ranked))).size }))
    .filter(({ kinds }) => kinds > 1)
}

/** Names so many kinds of a facet: `2 objectives`. */
export function countFacets(facet: RankingFacet, kinds: number): string {
  return `${kinds} ${facetWords[facet]}`
}

const facetWords: Readonly<Record<RankingFacet, string>> = {
  objective: 'objectives',
  data: 'data sets',
  examples: 'sets of measured examples',
  corruption: 'corruptions',
  bound: 'bounds on the likelihood',
}
