import { type Measurement, objectiveKey, type RunConfig } from '@hourglass/autoencoders'
import { readRunConfig } from '../../data/readRunConfig'
import { mixedNote, scoredTogether, scoredWord } from '../metric/scoredOn'

/** A run as far as it matters for what its numbers can be set beside. */
export interface Comparable {
  readonly dataset: { readonly id: string; readonly title: string }
  readonly config: Pick<RunConfig, 'loss' | 'regularizer' | 'architecture' | 'data'>
}

/** Reads of runs as they were sent what decides that. */
export function toComparable(
  runs: readonly { readonly dataset: Comparable['dataset']; readonly config: Parameters<typeof readRunConfig>[0] }[],
): readonly Comparable[] {
  return runs.map(({ dataset, config }) => ({ dataset, config: readRunConfig(config) }))
}

/** Why numbers of some runs are not ranked: what they differ in. */
export type Incomparable = 'data' | 'objective'

/** Tells what keeps the numbers of some runs from being ranked; null where they can be. */
export function incomparable({ ranksWithin = 'data' }: Pick<Measurement, 'ranksWithin'>, runs: readonly Comparable[]): Incomparable | null {
  if (ranksWithin === 'anything') return null
  if (new Set(runs.map(({ dataset }) => dataset.id)).size > 1) return 'data'
  return ranksWithin === 'objective' && !minimizeTheSame(runs) ? 'objective' : null
}

/** Tells whether all runs minimize the same. */
export function minimizeTheSame(runs: readonly Pick<Comparable, 'config'>[]): boolean {
  return new Set(runs.map(({ config }) => objectiveKey(config))).size <= 1
}

/** What sets runs side by side: the loss that they are scored by where they minimize the same, else the error that all of them have. */
export function comparableCurve(runs: readonly Pick<Comparable, 'config'>[]): 'validationLoss' | 'validationMeanSquaredError' {
  return minimizeTheSame(runs) ? 'validationLoss' : 'validationMeanSquaredError'
}

/** Titles that curve, by the examples that runs are scored on. */
export function comparableTitle(runs: readonly Comparable[]): string {
  return comparableCurve(runs) === 'validationLoss'
    ? `${scoredWord(scoredTogether(runs.map(({ config }) => config)))} loss`
    : 'Reconstruction MSE'
}

/** Says what to know before curves of runs are read against each other. `drawn` is what was chosen to be drawn, null where {@link comparableCurve} is. */
export function comparisonNotes(
  runs: readonly Comparable[],
  drawn: readonly Pick<Measurement, 'ranksWithin'>[] | null = null,
): readonly string[] {
  return [objectiveNote(runs, drawn), dataNote(runs), mixedNote(scoredTogether(runs.map(({ config }) => config)))].filter(
    (note) => note !== null,
  )
}

function objectiveNote(runs: readonly Comparable[], drawn: readonly Pick<Measurement, 'ranksWithin'>[] | null): string | null {
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
