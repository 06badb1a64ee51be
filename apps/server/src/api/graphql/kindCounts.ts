import type { RankingFacet } from '@hourglass/autoencoders'
import type { FieldRef } from '@pothos/core'
import type { FacetKinds } from '../../runs/readRanking.js'
import type { builder } from './builder.js'

type Types = typeof builder extends PothosSchemaTypes.SchemaBuilder<infer Of> ? Of : never
type KindCount = 'objectives' | 'datasets' | 'examples' | 'corruptions' | 'bounds'

/** Makes the fields of a type that tell of how many kinds some runs are of each facet; `otherwise` is what they are where a facet does not matter. */
export function kindCounts<Shape extends { readonly kinds: FacetKinds }>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Shape>,
  { runs, otherwise }: { readonly runs: string; readonly otherwise: string },
): Record<KindCount, FieldRef<Types, number>> {
  const count = (facet: RankingFacet, of: string) =>
    t.int({ description: `${of}; ${otherwise} where they do not matter.`, resolve: ({ kinds }) => kinds[facet] })
  return {
    objectives: count('objective', `Objectives of ${runs}`),
    datasets: count('data', `Data sets of ${runs}`),
    examples: count('examples', `Sets of examples that ${runs} are measured on`),
    corruptions: count('corruption', `Corruptions of what ${runs} are measured on`),
    bounds: count('bound', `Bounds on a likelihood of ${runs}`),
  }
}
