import { type Ranked, type RankedConfig, type RankingFacet, rankingDifferences } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import { mixedNote, scoredLoss, scoredTogether } from '../metric/scoredOn'

/** A run as far as it matters for what its numbers can be set beside. */
export interface Comparable {
  readonly dataset: { readonly id: string; readonly title: string }
  readonly config: RankedConfig
}

/** Reads of runs as they were sent what decides that. */
export function toComparable(
  runs: readonly { readonly dataset: Comparable['dataset']; readonly config: Parameters<typeof readRunConfig>[0] }[],
): readonly Comparable[] {
  return runs.map(({ dataset, config }) => ({ dataset, config: readRunConfig(config) }))
}

/** In the order in which they are said: what is measured before how. */
const facets: readonly RankingFacet[] = ['data', 'objective', 'corruption', 'examples', 'bound']

/** Tells what keeps the numbers of some runs from being ranked: what they differ in; null where they can be. */
export function incomparable(ranked: Ranked, runs: readonly Comparable[]): RankingFacet | null {
  if (ranked.ranksWithin !== 'anything' && new Set(runs.map(({ dataset }) => dataset.id)).size > 1) return 'data'
  const differing = rankingDifferences(
    runs.map(({ config }) => config),
    ranked,
  ).map(({ facet }) => facet)
  return facets.find((facet) => differing.includes(facet)) ?? null
}

/** Tells whether all runs minimize the same. */
function minimizeTheSame(runs: readonly Pick<Comparable, 'config'>[]): boolean {
  return !differIn('objective', runs)
}

function differIn(wanted: RankingFacet, runs: readonly Pick<Comparable, 'config'>[]): boolean {
  const differences = rankingDifferences(
    runs.map(({ config }) => config),
    { ranksWithin: 'objective' },
  )
  return differences.some(({ facet }) => facet === wanted)
}

/** What sets runs side by side: the loss that they are scored by where they minimize the same, else the error that all of them have. */
export function comparableCurve(runs: readonly Pick<Comparable, 'config'>[]): 'validationLoss' | 'validationMeanSquaredError' {
  return minimizeTheSame(runs) ? 'validationLoss' : 'validationMeanSquaredError'
}

/** Titles that curve, by the examples that runs are scored on and by what they minimize. */
export function comparableTitle(runs: readonly Comparable[]): string {
  return comparableCurve(runs) === 'validationLoss' ? scoredLoss(runs.map(({ config }) => config)) : 'Reconstruction MSE'
}

/** Says what to know before curves of runs are read against each other. `drawn` is what was chosen to be drawn, null where {@link comparableCurve} is. */
export function comparisonNotes(runs: readonly Comparable[], drawn: readonly Ranked[] | null = null): readonly string[] {
  return [objectiveNote(runs, drawn), dataNote(runs), corruptionNote(runs), examplesNote(runs), boundNote(runs, drawn)].filter(
    (note) => note !== null,
  )
}

function corruptionNote(runs: readonly Comparable[]): string | null {
  return differIn('corruption', runs)
    ? 'These runs are scored on inputs that are corrupted differently: less noise leaves less error, which ranks none of them.'
    : null
}

function examplesNote(runs: readonly Comparable[]): string | null {
  const mixed = mixedNote(scoredTogether(runs.map(({ config }) => config)))
  if (mixed || dataNote(runs) || !differIn('examples', runs)) return mixed
  return 'These runs are scored on different choices of examples, whose errors cannot be ranked against each other.'
}

function boundNote(runs: readonly Comparable[], drawn: readonly Ranked[] | null): string | null {
  const isMixed = drawn?.some((row) => (row.ranksWithin === 'bound' || row.ranksWithin === 'draws') && incomparable(row, runs) === 'bound')
  return isMixed
    ? 'Bits per pixel of variational runs count the code as well, those of other runs do not: they cannot be set side by side.'
    : null
}

function objectiveNote(runs: readonly Comparable[], drawn: readonly Ranked[] | null): string | null {
  if (minimizeTheSame(runs)) return null
  if (drawn === null) return 'These runs minimize different objectives; their reconstruction MSE is shown, which compares them.'
  return drawn.some(({ ranksWithin }) => ranksWithin === 'objective')
    ? 'These runs minimize different objectives, whose values cannot be set side by side; only the reconstruction MSE compares them.'
    : null
}

function dataNote(runs: readonly Comparable[]): string | null {
  const titles = [...new Map(runs.map(({ dataset }) => [dataset.id, dataset.title])).values()]
  if (titles.length < 2) return null
  return `These runs were trained on different data (${new Intl.ListFormat('en').format(titles)}), whose errors cannot be ranked against each other.`
}
