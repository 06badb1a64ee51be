import { type Scored, scoredWord } from '../metric/scoredOn'
import type { ComparedRun } from './useComparedRuns'

export const comparedCurves = ['validation', 'train', 'both', 'mse'] as const
export type ComparedCurve = (typeof comparedCurves)[number]

const curveTitles = {
  train: 'Training loss',
  both: 'Loss',
  mse: 'Reconstruction MSE',
} as const satisfies Record<Exclude<ComparedCurve, 'validation'>, string>

/** Titles a curve of runs, by the examples that they are scored on. */
export function curveTitle(curve: ComparedCurve, scored: Scored | 'mixed'): string {
  return curve === 'validation' ? `${scoredWord(scored)} loss` : curveTitles[curve]
}

/** Runs as far as it matters for what their losses mean. */
type Trained = readonly { readonly config: Pick<ComparedRun['config'], 'loss'> }[]

/** Tells which curve sets runs side by side: their losses where they minimise the same one, else the error that all of them have. */
export function comparableCurve(runs: Trained): ComparedCurve {
  return new Set(runs.map(({ config }) => config.loss)).size > 1 ? 'mse' : 'validation'
}

/** Says what to know before runs with different losses are compared by a curve; null where there is nothing to say. */
export function comparisonNote(runs: Trained, curve: ComparedCurve): string | null {
  if (comparableCurve(runs) !== 'mse') return null
  return curve === 'mse'
    ? 'These runs minimise different losses; their reconstruction MSE is shown, which compares them.'
    : 'These runs minimise different losses, which have different scales; only the reconstruction MSE compares them.'
}
